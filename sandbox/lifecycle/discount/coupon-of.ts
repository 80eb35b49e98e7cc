import type Stripe from 'stripe'
import { idOf } from '@/sandbox/ids'
import type { Tx } from '@/sandbox/store/transaction'

/** The coupon behind a discount. A deleted coupon goes on working where it was redeemed. */
export function couponOf(tx: Tx, discount: Readonly<Stripe.Discount>): Readonly<Stripe.Coupon> {
  const { coupon } = discount.source
  if (coupon === null) throw new TypeError(`Discount ${discount.id} has no coupon.`)
  const id = idOf(coupon)
  return tx.find('coupon', id) ?? tx.get('retired_coupon', id)
}
