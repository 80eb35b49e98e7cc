/** What of Stripe.js a page of ours runs: the form of a card, or Checkout within the page. */
export type StripeUse = 'elements' | 'checkout'

/** The only pages that load Stripe.js. The build fails when another one does (scripts/build/stripe-pages.ts). */
export const STRIPE_PAGES: Readonly<Record<string, StripeUse>> = {
  '/settings/billing/payment-method': 'elements',
  '/checkout/pay': 'checkout',
}

/** What the page at this path runs of Stripe.js; null for every other. */
export function stripeUseAt(path: string): StripeUse | null {
  // Next serves a page with a slash behind it, too.
  const page = path.replace(/(?<=.)\/$/, '')
  return Object.hasOwn(STRIPE_PAGES, page) ? (STRIPE_PAGES[page] ?? null) : null
}
