import type Stripe from 'stripe'
import type { Call } from '@/sandbox/http/endpoint'
import { withMetadata } from '@/sandbox/http/metadata'
import type { Read } from '@/sandbox/http/rule'
import { newId, randomText } from '@/sandbox/ids'
import { discountSession } from '@/sandbox/lifecycle/checkout/discount'
import { inheritedBy } from '@/sandbox/lifecycle/checkout/inherited'
import { newCheckoutSession } from '@/sandbox/objects/checkout-session'
import { lineItemsOf } from '@/sandbox/objects/line-item'
import type { Tx } from '@/sandbox/store/transaction'
import type { CREATE } from './checkout-params'
import { checkSession } from './checkout-rules'
import { termsOf } from './checkout-terms'
import { grantOf } from './discount-params'
import { named } from './references'

type Params = Read<typeof CREATE>

// How long a session stays open unless `expires_at` says otherwise.
const OPEN_SECONDS = 24 * 3600

/** Opens a session, and keeps what it will make when it is paid. */
export function openSession({
  tx,
  params,
  settings,
}: Call<typeof CREATE>): Stripe.Checkout.Session {
  checkSession(params, tx.now)
  if (params.customer !== undefined) named(tx, 'customer', params.customer, 'customer')
  const id = newId('cs_test')
  const { subscription } = tx.insert('checkout_terms', termsOf(tx, id, params))
  const lines = lineItemsOf(tx, id, params.currency?.toLowerCase())
  const trial = subscription.trialDays !== null || subscription.trialEnd !== null
  const session = newCheckoutSession(tx.now, {
    ...choices(params),
    ...places(params, id, settings.url),
    id,
    mode: params.mode ?? 'subscription',
    amount: trial ? 0 : lines.reduce((sum, line) => sum + line.amount_total, 0),
    currency: params.currency?.toLowerCase() ?? lines[0]?.currency ?? 'usd',
    expires_at: params.expires_at ?? tx.now + OPEN_SECONDS,
  })
  if (params.customer !== undefined) showCustomer(tx, session, params.customer)
  tx.insert('checkout.session', session)
  const [discount] = params.discounts ?? []
  if (discount) {
    const buyer = {
      customer: params.customer ?? null,
      amount: lines.reduce((sum, line) => sum + line.amount_subtotal, 0),
      currency: lines[0]?.currency ?? 'usd',
    }
    const entry = { ...discount, discount: undefined }
    discountSession(tx, id, grantOf(tx, entry, buyer, 'discounts[0]'))
  }
  if (!discount && inheritedBy(tx, session).length > 0) discountSession(tx, id, null)
  return session
}

/** What the page begins with when the customer is known. */
function showCustomer(tx: Tx, session: Stripe.Checkout.Session, id: string) {
  const { address, email, name, phone, tax_exempt } = tx.get('customer', id)
  session.collected_information = {
    business_name: null,
    individual_name: null,
    shipping_details: null,
  }
  session.customer_details = {
    address: address ?? null,
    business_name: null,
    email,
    individual_name: null,
    name: name ?? null,
    phone: phone ?? null,
    tax_exempt: tax_exempt ?? 'none',
    tax_ids: null,
  }
}

function choices(params: Params): Partial<Stripe.Checkout.Session> {
  const { managed_payments: managed, excluded_payment_method_types: excluded } = params
  return {
    allow_promotion_codes: params.allow_promotion_codes ?? null,
    allowed_payment_method_types: params.allowed_payment_method_types ?? null,
    automatic_tax: {
      enabled: params.automatic_tax?.enabled ?? false,
      liability: params.automatic_tax?.enabled ? { type: 'self' } : null,
      provider: params.automatic_tax?.enabled ? 'stripe' : null,
      status: params.automatic_tax?.enabled ? 'requires_location_inputs' : null,
    },
    billing_address_collection: params.billing_address_collection ?? null,
    client_reference_id: params.client_reference_id ?? null,
    customer: params.customer ?? null,
    customer_email: params.customer_email ?? null,
    locale: params.locale ?? null,
    managed_payments: managed ? { enabled: managed.enabled ?? false } : null,
    metadata: withMetadata({}, params.metadata),
    customer_creation:
      params.mode === 'payment' ? (params.customer_creation ?? 'if_required') : null,
    payment_method_collection:
      params.mode === 'payment' ? 'if_required' : (params.payment_method_collection ?? 'always'),
    ...(params.tax_id_collection
      ? {
          tax_id_collection: {
            enabled: params.tax_id_collection.enabled,
            required: params.tax_id_collection.required ?? 'never',
          },
        }
      : {}),
    submit_type: params.submit_type ?? null,
    ...(excluded ? { excluded_payment_method_types: excluded } : {}),
  }
}

/** Where it is shown and where it leads: a page of ours, or one that the app embeds. */
function places(params: Params, id: string, base: string): Partial<Stripe.Checkout.Session> {
  const ui_mode = params.ui_mode ?? 'hosted_page'
  if (ui_mode === 'hosted_page') {
    const { success_url = null, cancel_url = null } = params
    return { ui_mode, url: `${base}/c/pay/${id}`, success_url, cancel_url }
  }
  return {
    ui_mode,
    client_secret: `${id}_secret_${randomText(40)}`,
    redirect_on_completion: params.redirect_on_completion ?? 'always',
    ...(params.return_url ? { return_url: params.return_url } : {}),
  }
}
