import type { CheckoutPolicy } from '@/lib/stripe/checkout-settings'

/**
 * Legal for a seller who owes no tax yet, and works in every account: whatever asks for more needs something
 * to be set up at Stripe, without which it refuses each session. docs/decisions/0040 has the reasons.
 */
export const CHECKOUT_POLICY: CheckoutPolicy = {
  tax: 'none',
  billingAddress: 'auto',
  taxIds: false,
  termsConsent: false,
  locale: 'auto',
}
