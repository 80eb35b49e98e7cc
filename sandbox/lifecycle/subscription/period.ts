import type Stripe from 'stripe'

/** When the first of a subscription's items is to be billed again. */
export function nextBillingAt(subscription: Readonly<Stripe.Subscription>): number {
  return Math.min(...subscription.items.data.map((item) => item.current_period_end))
}

/** Until when all of it is paid for. */
export function paidThrough(subscription: Readonly<Stripe.Subscription>): number {
  return Math.max(...subscription.items.data.map((item) => item.current_period_end))
}

/** When it will end, whichever way it was canceled; null when it goes on. */
export function endsAt(subscription: Readonly<Stripe.Subscription>): number | null {
  if (subscription.cancel_at !== null) return subscription.cancel_at
  return subscription.cancel_at_period_end ? paidThrough(subscription) : null
}

/** Whether it can never be billed again. */
export function hasEnded({ status }: Readonly<Stripe.Subscription>): boolean {
  return status === 'canceled' || status === 'incomplete_expired'
}
