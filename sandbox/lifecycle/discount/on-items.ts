import type Stripe from 'stripe'
import { idOf } from '@/sandbox/ids'
import type { Tx } from '@/sandbox/store/transaction'
import type { Grant } from './grant'
import { discountFor, endDiscount, keepDiscount } from './redeem'

/** The discounts of one item as a change at `at` will have them: whole where they are new. Nothing is written. */
export function itemDiscounts(
  tx: Tx,
  { id: subscription, customer }: Readonly<Stripe.Subscription>,
  subscription_item: string,
  wanted: readonly (string | Grant)[],
  at = tx.now,
): (string | Stripe.Discount)[] {
  const on = { customer, subscription, subscription_item }
  return wanted.map((entry) => (typeof entry === 'string' ? entry : discountFor(tx, on, entry, at)))
}

/** Writes the new discounts of items that have been worked out. */
export function keepItemDiscounts(tx: Tx, items: readonly Stripe.SubscriptionItem[]) {
  for (const item of items)
    item.discounts = item.discounts.map((entry) =>
      typeof entry === 'string' ? entry : keepDiscount(tx, entry).id,
    )
}

/** Ends the discounts that are gone with a change of items: last, as what they were paid with is credited with them. */
export function endItemDiscounts(
  tx: Tx,
  before: readonly Stripe.SubscriptionItem[],
  after: readonly Stripe.SubscriptionItem[],
) {
  const kept = new Set(after.flatMap(({ discounts }) => discounts.map(idOf)))
  for (const entry of before.flatMap(({ discounts }) => discounts.map(idOf)))
    if (!kept.has(entry)) endDiscount(tx, entry)
}
