import type Stripe from 'stripe'

/** Where a finished session leads, with its id in place of the placeholder; null when it is not a hosted one. */
export function successUrlOf(session: Readonly<Stripe.Checkout.Session>): string | null {
  return session.success_url?.replaceAll('{CHECKOUT_SESSION_ID}', session.id) ?? null
}
