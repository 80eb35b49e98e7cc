import type Stripe from 'stripe'
import { ApiError } from '@/sandbox/http/api-error'
import { endpoint } from '@/sandbox/http/endpoint'
import { required } from '@/sandbox/http/rule'
import { flag, hash, text } from '@/sandbox/http/rules'
import { randomText } from '@/sandbox/ids'
import { named } from './references'

// How long Stripe lets a page of ours act for its customer.
const LASTS_SECONDS = 30 * 60

const plain = hash({ enabled: required(flag()) })
const featured = hash({ enabled: required(flag()) })

/** What a page needs to act for a customer. The components themselves belong to Stripe's scripts, and are not here. */
export const createCustomerSession = endpoint(
  'POST',
  '/v1/customer_sessions',
  {
    customer: required(text()),
    components: required(
      hash({
        active_entitlements: plain,
        buy_button: plain,
        customer_portal: plain,
        customer_sheet: featured,
        mobile_payment_element: featured,
        payment_element: featured,
        pricing_table: plain,
      }),
    ),
  },
  ({ tx, params: { customer, components: asked } }): Stripe.CustomerSession => {
    named(tx, 'customer', customer, 'customer')
    if (!Object.values(asked).some((component) => component?.enabled))
      throw ApiError.invalid('At least one component must be enabled.', 'components')
    const on = (name: keyof typeof asked) => ({ enabled: asked[name]?.enabled ?? false })
    return {
      object: 'customer_session',
      client_secret: `cuss_secret_${randomText(32)}`,
      components: {
        active_entitlements: on('active_entitlements'),
        buy_button: on('buy_button'),
        customer_portal: on('customer_portal'),
        customer_sheet: { ...on('customer_sheet'), features: null },
        mobile_payment_element: { ...on('mobile_payment_element'), features: null },
        payment_element: { ...on('payment_element'), features: null },
        pricing_table: on('pricing_table'),
      },
      created: tx.now,
      customer,
      customer_account: null,
      expires_at: tx.now + LASTS_SECONDS,
      livemode: false,
    }
  },
)
