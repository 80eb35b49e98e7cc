import type Stripe from 'stripe'
import type { PortalFeatures } from './portal-view'

/** What a configuration lets people do. */
export function featuresOf({
  features,
}: Readonly<Stripe.BillingPortal.Configuration>): PortalFeatures {
  const {
    customer_update,
    invoice_history,
    payment_method_update,
    subscription_cancel,
    subscription_pause,
    subscription_update,
  } = features
  const asksWhy = subscription_cancel.cancellation_reason.enabled
  return {
    cancel: {
      enabled: subscription_cancel.enabled,
      mode: subscription_cancel.mode === 'immediately' ? 'immediately' : 'at_period_end',
      reasons: asksWhy ? subscription_cancel.cancellation_reason.options : [],
    },
    changePlan: subscription_update.enabled,
    pause: subscription_pause.enabled,
    paymentMethod: payment_method_update.enabled,
    invoices: invoice_history.enabled,
    customerUpdate: { enabled: customer_update.enabled, allowed: customer_update.allowed_updates },
  }
}
