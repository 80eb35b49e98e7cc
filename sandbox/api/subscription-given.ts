import type Stripe from 'stripe'
import { ApiError } from '@/sandbox/http/api-error'
import { withMetadata } from '@/sandbox/http/metadata'
import { missing, type Read } from '@/sandbox/http/rule'
import { isLocated } from '@/sandbox/lifecycle/tax/rates-of'
import type { Tx } from '@/sandbox/store/transaction'
import { billingModeOf } from './billing-mode'
import type { CREATE } from './subscription-params'
import { ratesNamed } from './tax-rates'

type Params = Read<typeof CREATE>

/** The parameters of a subscription besides what it is for. */
export function givenFields(
  tx: Tx,
  params: Params,
  customer: Readonly<Stripe.Customer>,
): Partial<Stripe.Subscription> {
  return {
    ...billingModeOf(tx.now, params.billing_mode),
    automatic_tax: automaticTax(params.automatic_tax, customer),
    ...collectionOf(params),
    default_tax_rates: ratesNamed(tx, params.default_tax_rates, 'default_tax_rates'),
    description: params.description ?? null,
    metadata: withMetadata({}, params.metadata),
    trial_settings: {
      end_behavior: {
        billing_cycle_anchor: null,
        missing_payment_method:
          params.trial_settings?.end_behavior.missing_payment_method ?? 'create_invoice',
      },
    },
  }
}

/** How its invoices are to be paid. Throws ApiError 400 unless the days go with invoices that are sent. */
export function collectionOf({
  collection_method: method = 'charge_automatically',
  days_until_due: days,
}: Pick<Params, 'collection_method' | 'days_until_due'>): Pick<
  Stripe.Subscription,
  'collection_method' | 'days_until_due'
> {
  if (method === 'send_invoice' && days === undefined) throw missing('days_until_due')
  if (method !== 'send_invoice' && days !== undefined)
    throw ApiError.invalid(
      'You can only pass `days_until_due` with `collection_method: send_invoice`.',
      'days_until_due',
    )
  return { collection_method: method, days_until_due: days ?? null }
}

/** Whether taxes are reckoned by the country. Throws ApiError 400 while the country is unknown. */
export function automaticTax(
  asked: Params['automatic_tax'],
  customer: Readonly<Stripe.Customer>,
): Stripe.Subscription.AutomaticTax {
  if (!asked?.enabled) return { disabled_reason: null, enabled: false, liability: null }
  if (!isLocated(customer))
    throw ApiError.invalid(
      "The customer's location isn't recognized. Set a valid customer address in order to automatically calculate tax.",
      'automatic_tax[enabled]',
      'customer_tax_location_invalid',
    )
  return { disabled_reason: null, enabled: true, liability: { type: 'self' } }
}
