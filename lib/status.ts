/**
 * Stripe's eight subscription statuses. Status belongs to Stripe: this application
 * never makes a transition, it interprets one. docs/lifecycle.md draws who moves each.
 */
export const STATUSES = [
  // Paid, free, or an asynchronous payment under way. Checkout's subscriptions are born here.
  'active',
  // In a trial; nothing was charged yet.
  'trialing',
  // The latest invoice failed; Stripe is still trying. Grace, then nothing.
  'past_due',
  // Retries are exhausted and the account's setting is "mark unpaid".
  'unpaid',
  // The first payment is not through; Stripe gives it 23 hours. Never made by Checkout.
  'incomplete',
  // Those 23 hours passed. Terminal.
  'incomplete_expired',
  // A trial ended without a card, or it was paused by hand. Nothing is charged.
  'paused',
  // Over. Terminal: a comeback is a new subscription.
  'canceled',
] as const

export type SubscriptionStatus = (typeof STATUSES)[number]

/**
 * What a customer and the status endpoint see: Stripe's word, `none` for a user who never bought, and
 * `processing` for an `active` subscription that waits for its first money: Stripe has no word for that.
 */
export type ShownStatus = SubscriptionStatus | 'unknown' | 'none' | 'processing'

/** Stripe's enums are open: one that is none of the eight is `unknown`, which grants nothing and is reported. */
export function parseStatus(value: string): SubscriptionStatus | 'unknown' {
  return STATUSES.find((status) => status === value) ?? 'unknown'
}

/** Terminal subscriptions never come back to life, so they never block a new checkout. */
export function isTerminal(status: ShownStatus): boolean {
  return status === 'canceled' || status === 'incomplete_expired'
}
