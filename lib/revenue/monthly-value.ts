import type { SubscriptionStatus } from '@/lib/status'
import type { DiscountTerms } from '@/lib/stripe/applied-discount'
import type { SubscriptionItemSnapshot } from '@/lib/stripe/subscription-item'
import type { SubscriptionShape } from '@/lib/stripe/subscriptions'

/** The terms of a discount by its id; none where it was taken off again before anyone looked. */
export type KnownTerms = ReadonlyMap<string, DiscountTerms>

/**
 * **What monthly recurring revenue (MRR) is here**: what a subscription's items cost a month, in whole minor units of
 * its own currency, from the state that Stripe shows at an instant.
 *
 * - A price by the year counts a twelfth, by the week 52 twelfths, by the day 365 twelfths; times the quantity.
 * - `active` and `past_due` count: what is overdue is hoped for until the subscription ends. `trialing`, `incomplete`,
 *   `unpaid`, `paused` and everything else are 0, and so is one whose collection is paused.
 * - One that is to end at a later day counts until then.
 * - A discount that lasts (`forever`), or repeats and has not come to its end, is taken off. One for `once` is not: it
 *   says nothing of the next month.
 * - Taxes, credit and prorations are left out, as are metered prices and those with tiers: what they bring is known
 *   only afterwards.
 * - It is rounded once, at the end, half up; it is never below 0.
 */
export function monthlyValue(shape: SubscriptionShape, at: Date, terms: KnownTerms): number {
  const counts = COUNTED.has(shape.status) && shape.pauseCollection === null
  return counts ? Math.round(monthlyPrice(shape, at, terms)) : 0
}

/** The same whatever its status, and not rounded. An amount off is spread over the months of the first item. */
export function monthlyPrice(
  { items, discounts }: SubscriptionShape,
  at: Date,
  terms: KnownTerms,
): number {
  const gross = items.reduce((sum, item) => sum + priceOf(item) / monthsOf(item), 0)
  const lasting = discounts
    .flatMap(({ id, terms: shown }) => shown ?? terms.get(id) ?? [])
    .filter((each) => isAtWork(each, at))
  const months = items[0] ? monthsOf(items[0]) : 1
  const net = lasting.reduce(
    (left, { percentOff, amountOff }) =>
      percentOff === null
        ? Math.max(0, left - (amountOff ?? 0) / months)
        : left * (1 - percentOff / 100),
    gross,
  )
  return net
}

/** How many months an item's billing interval has. */
export function monthsOf({ interval, intervalCount }: SubscriptionItemSnapshot): number {
  return MONTHS[interval ?? 'month'] * (intervalCount ?? 1)
}

const COUNTED: ReadonlySet<SubscriptionStatus | 'unknown'> = new Set(['active', 'past_due'])

const MONTHS = { year: 12, month: 1, week: 12 / 52, day: 12 / 365, unknown: 1 }

function priceOf({ exactAmount, quantity }: SubscriptionItemSnapshot): number {
  return (exactAmount ?? 0) * (quantity ?? 1)
}

function isAtWork({ duration, end }: DiscountTerms, at: Date): boolean {
  if (duration === 'once') return false
  return end === null || at < end
}
