import type Stripe from 'stripe'
import { share } from '@/sandbox/lifecycle/money'
import type { Tx } from '@/sandbox/store/transaction'
import { couponOf } from './coupon-of'

/** Something that a discount can be taken off. Integer minor units. */
export interface Discountable {
  amount: number
  product: string
  /** The discounts of this entry alone, by id; they come before those of the whole. */
  own?: readonly string[]
}

/**
 * What each discount takes off each entry, as `[discount][entry]`. Discounts apply one after the
 * other, each to what the one before left, and never take more than there is.
 */
export function discountAmounts(
  tx: Tx,
  discounts: readonly Readonly<Stripe.Discount>[],
  entries: readonly Discountable[],
): number[][] {
  const left = entries.map(({ amount }) => Math.max(0, amount))
  return discounts.map((discount) => {
    const coupon = couponOf(tx, discount)
    const products = coupon.applies_to?.products
    const alone = isOfItem(discount)
    const open = left.map((amount, index) => {
      const entry = entries[index]
      if (alone && !entry?.own?.includes(discount.id)) return 0
      return !products || products.includes(entry?.product ?? '') ? amount : 0
    })
    const taken = takeOff(coupon, open)
    for (const [index, amount] of taken.entries()) left[index] = (left[index] ?? 0) - amount
    return taken
  })
}

/** Whether a discount is on one item, and not on all of a subscription or an invoice. */
export function isOfItem({ subscription_item, invoice_item }: Readonly<Stripe.Discount>): boolean {
  return subscription_item !== null || invoice_item !== null
}

function takeOff(coupon: Readonly<Stripe.Coupon>, amounts: readonly number[]): number[] {
  const { percent_off: percent } = coupon
  if (percent !== null) return amounts.map((amount) => share(amount, percent, 100))
  const total = amounts.reduce((sum, amount) => sum + amount, 0)
  const wanted = Math.min(total, coupon.amount_off ?? 0)
  // Shares of the running total, so that they add up to exactly what is wanted.
  let before = 0
  return amounts.map((amount) => {
    const taken = share(wanted, before + amount, total) - share(wanted, before, total)
    before += amount
    return taken
  })
}
