import type Stripe from 'stripe'
import { idOf } from '@/sandbox/ids'
import { costOf } from '@/sandbox/lifecycle/price/cost'
import type { Tx } from '@/sandbox/store/transaction'
import { discountAmounts } from './amounts'
import { couponOf } from './coupon-of'
import { discountsOf, discountsOfItems } from './of-subscription'

/**
 * What a whole period of an item costs after the discounts that last. A coupon for one invoice is
 * not among them: it comes off the next whole period, never off a proration.
 */
export function netOfItem(
  tx: Tx,
  subscription: Readonly<Stripe.Subscription>,
  item: Stripe.SubscriptionItem,
  at: number,
): number {
  const amount = costOf(item.price, item.quantity ?? 1, subscription.currency)
  // An amount off is shared by all items, and this one may be what a change is going to make of it.
  const items = [item, ...subscription.items.data.filter(({ id }) => id !== item.id)]
  const entries = items.map(({ price, quantity = 1, discounts }) => ({
    amount: costOf(price, quantity, subscription.currency),
    product: idOf(price.product),
    own: discounts.map(idOf),
  }))
  const lasting = [...discountsOfItems(tx, items, at), ...discountsOf(tx, subscription, at)].filter(
    (discount) => couponOf(tx, discount).duration !== 'once',
  )
  return discountAmounts(tx, lasting, entries).reduce(
    (rest, taken) => rest - (taken[0] ?? 0),
    amount,
  )
}
