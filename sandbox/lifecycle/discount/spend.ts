import type Stripe from 'stripe'
import { idOf } from '@/sandbox/ids'
import type { Tx } from '@/sandbox/store/transaction'
import { couponOf } from './coupon-of'
import { endDiscount } from './redeem'

/**
 * After an invoice: coupons for one invoice that took something off it are spent, and those whose
 * months are over go.
 */
export function spendDiscounts(
  tx: Tx,
  subscription: Stripe.Subscription,
  amounts: readonly Stripe.Invoice.TotalDiscountAmount[],
) {
  spendOnce(tx, amounts)
  const held = [subscription, ...subscription.items.data].flatMap(({ discounts }) => discounts)
  for (const entry of held) {
    const { id, end } = tx.get('discount', idOf(entry))
    if (end !== null && end <= tx.now) endDiscount(tx, id)
  }
}

/** Ends the coupons for one invoice that took something off it. What is on that invoice alone stays on it. */
export function spendOnce(tx: Tx, amounts: readonly Stripe.Invoice.TotalDiscountAmount[]) {
  for (const { amount, discount } of amounts) {
    const row = tx.get('discount', idOf(discount))
    const passes = row.invoice === null && row.invoice_item === null && row.end === null
    if (passes && amount > 0 && couponOf(tx, row).duration === 'once') endDiscount(tx, row.id)
  }
}
