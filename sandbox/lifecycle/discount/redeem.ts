import type Stripe from 'stripe'
import { newDiscount } from '@/sandbox/objects/discount'
import type { Tx } from '@/sandbox/store/transaction'
import type { Grant } from './grant'

/** Puts a coupon to work on a subscription, and counts that. Returns the discount. */
export function redeem(
  tx: Tx,
  subscription: { id: string | null; customer: string },
  { coupon, promotionCode }: Grant,
  session: string | null = null,
): Stripe.Discount {
  const used = tx.edit('coupon', coupon)
  used.times_redeemed += 1
  if (used.max_redemptions !== null && used.times_redeemed >= used.max_redemptions)
    used.valid = false
  if (promotionCode !== null) tx.edit('promotion_code', promotionCode).times_redeemed += 1
  const discount = newDiscount(tx.now, used, {
    checkout_session: session,
    customer: subscription.customer,
    promotion_code: promotionCode,
    subscription: subscription.id,
  })
  tx.insert('discount', discount)
  tx.emit('customer.discount.created', 'discount', discount.id)
  return discount
}

/** Takes a discount off its subscription. What it has saved on past invoices stays. */
export function endDiscount(tx: Tx, subscription: Stripe.Subscription, id: string) {
  subscription.discounts = subscription.discounts.filter((entry) => entry !== id)
  tx.edit('discount', id).end = tx.now
  tx.emit('customer.discount.deleted', 'discount', id)
}
