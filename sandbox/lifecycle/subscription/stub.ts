import type Stripe from 'stripe'
import { later } from '@/sandbox/lifecycle/periods'
import { recurring } from '@/sandbox/lifecycle/price/recurring'

/** How much of a whole period an item's first one is, in seconds, when it begins between two; null when it is whole. */
export function stubPart(
  { billing_cycle_anchor: anchor, created }: Readonly<Stripe.Subscription>,
  { price, current_period_start: start, current_period_end: end }: Stripe.SubscriptionItem,
): { part: number; whole: number } | null {
  if (start !== created || anchor === created || !price.recurring) return null
  const every = recurring(price)
  // Counted back from the anchor, whose day of the month each boundary keeps.
  let times = 0
  while (later(anchor, every, times) > end) times -= 1
  while (later(anchor, every, times) < end) times += 1
  const before = later(anchor, every, times - 1)
  return before < start ? { part: end - start, whole: end - before } : null
}
