import type Stripe from 'stripe'

/** Where a finished session leads, with its id in place of the placeholder; null when it is not a hosted one. */
export function successUrlOf(session: Readonly<Stripe.Checkout.Session>): string | null {
  return filled(session.success_url, session.id)
}

/** Where the page around an embedded session goes when it is paid; null when it stays. */
export function returnUrlOf(session: Readonly<Stripe.Checkout.Session>): string | null {
  return filled(session.return_url, session.id)
}

function filled(url: string | null | undefined, id: string): string | null {
  return url?.replaceAll('{CHECKOUT_SESSION_ID}', id) ?? null
}
