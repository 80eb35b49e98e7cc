import { createHash } from 'node:crypto'
import type Stripe from 'stripe'

/** What Checkout asks of a buyer. docs/how-to/checkout-settings.md */
export type CheckoutPolicy = {
  /**
   * `none`: Stripe adds none, and no page of ours promises any. `automatic`: Stripe Tax works it out, which has
   * to be on in your account. `managed`: Stripe sells as the merchant of record (Managed Payments), and sees to it.
   */
  tax: 'none' | 'automatic' | 'managed'
  /** `auto`: where the payment method needs it. With automatic tax it is always asked for. */
  billingAddress: 'auto' | 'required'
  /** Whether a business may give its tax id, which then stands on its invoices. */
  taxIds: boolean
  /** Whether your terms must be agreed to; their address has to be in your account's public details at Stripe. */
  termsConsent: boolean
  /** The language of the page, as Stripe names it. `auto`: the browser's. */
  locale: string
}

/** What every session of ours asks of its buyer, for whatever it sells. */
export function checkoutSettings({ locale, termsConsent, ...taxes }: CheckoutPolicy) {
  return {
    locale,
    ...(termsConsent ? { consent_collection: { terms_of_service: 'required' as const } } : {}),
    ...taxSettings(taxes),
  } satisfies Stripe.Checkout.SessionCreateParams
}

/** A short name for them, so that a session that was made with others is seen. */
export function nameSettings(policy: CheckoutPolicy): string {
  const settings = JSON.stringify(checkoutSettings(policy))
  return createHash('sha256').update(settings).digest('hex').slice(0, 16)
}

type Taxes = Pick<CheckoutPolicy, 'tax' | 'billingAddress' | 'taxIds'>

function taxSettings({ tax, billingAddress, taxIds }: Taxes) {
  // A merchant of record asks for what its own taxes need, and takes none of these.
  if (tax === 'managed') return { managed_payments: { enabled: true } }
  const isAutomatic = tax === 'automatic'
  const address = isAutomatic ? 'required' : billingAddress
  const keeps = {
    // Without it Stripe works the tax out from what the customer had before, which is nothing.
    ...(address === 'required' ? { address: 'auto' as const } : {}),
    // Stripe refuses tax ids of a customer whose name it may not keep.
    ...(taxIds ? { name: 'auto' as const } : {}),
  }
  return {
    billing_address_collection: address,
    ...(isAutomatic ? { automatic_tax: { enabled: true } } : {}),
    ...(taxIds ? { tax_id_collection: { enabled: true } } : {}),
    ...(Object.keys(keeps).length > 0 ? { customer_update: keeps } : {}),
  }
}
