import type Stripe from 'stripe'
import { idOf } from '@/sandbox/ids'
import type { Tx } from '@/sandbox/store/transaction'

type Held = readonly (string | Stripe.Discount)[] | null

/** The discounts on all of a subscription that still count at `at`: its own, or else its customer's. */
export function discountsOf(
  tx: Tx,
  subscription: Readonly<Stripe.Subscription>,
  at: number,
): Readonly<Stripe.Discount>[] {
  const own = wholeDiscounts(tx, subscription.discounts, at)
  return own.length > 0 ? own : customerDiscounts(tx, idOf(subscription.customer), at)
}

/** The discount that a customer has on whatever has none of its own. */
export function customerDiscounts(
  tx: Tx,
  customer: string,
  at: number,
): Readonly<Stripe.Discount>[] {
  return wholeDiscounts(tx, [tx.find('customer', customer)?.discount ?? []].flat(), at)
}

/** The discounts that single items have for themselves alone, and that still count at `at`. */
export function discountsOfItems(
  tx: Tx,
  items: readonly { discounts: Held }[],
  at: number,
): Readonly<Stripe.Discount>[] {
  const all = items.flatMap(({ discounts }) => wholeDiscounts(tx, discounts ?? [], at))
  return [...new Map(all.map((discount) => [discount.id, discount])).values()]
}

/** What is only worked out holds its discounts whole. */
function wholeDiscounts(tx: Tx, held: readonly (string | Stripe.Discount)[], at: number) {
  return held
    .map((entry) => (typeof entry === 'string' ? tx.get('discount', entry) : entry))
    .filter(({ end }) => end === null || end > at)
}
