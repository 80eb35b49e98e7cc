import type Stripe from 'stripe'
import { idOf } from '@/sandbox/ids'
import type { Tx } from '@/sandbox/store/transaction'
import { couponOf } from './coupon-of'
import { endDiscount } from './redeem'

/** After an invoice: coupons for one invoice that took something off it are spent, and those whose months are over go. */
export function spendDiscounts(
  tx: Tx,
  subscription: Stripe.Subscription,
  amounts: readonly Stripe.Invoice.TotalDiscountAmount[],
) {
  for (const { amount, discount } of amounts) {
    const id = idOf(discount)
    if (amount > 0 && couponOf(tx, tx.get('discount', id)).duration === 'once')
      endDiscount(tx, subscription, id)
  }
  for (const entry of [...subscription.discounts]) {
    const { id, end } = tx.get('discount', idOf(entry))
    if (end !== null && end <= tx.now) endDiscount(tx, subscription, id)
  }
}
