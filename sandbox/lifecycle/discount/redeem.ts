import type Stripe from 'stripe'
import { optionalId } from '@/sandbox/ids'
import { newDiscount } from '@/sandbox/objects/discount'
import type { Tx } from '@/sandbox/store/transaction'
import type { Grant } from './grant'

/** What a discount is on. */
export type On = Partial<
  Pick<
    Stripe.Discount,
    | 'checkout_session'
    | 'customer'
    | 'invoice'
    | 'invoice_item'
    | 'subscription'
    | 'subscription_item'
  >
>

/** Puts a coupon to work, and counts that. Returns the discount. */
export function redeem(tx: Tx, on: On, grant: Grant): Stripe.Discount {
  return keepDiscount(tx, discountFor(tx, on, grant))
}

/** A coupon as it would be at work since `at`. Nothing is written. */
export function discountFor(
  tx: Tx,
  on: On,
  { coupon, promotionCode }: Grant,
  at = tx.now,
): Stripe.Discount {
  return newDiscount(at, tx.get('coupon', coupon), { ...on, promotion_code: promotionCode })
}

/** Writes a discount that was worked out before. */
export function keepDiscount(tx: Tx, discount: Stripe.Discount): Stripe.Discount {
  const used = tx.edit('coupon', optionalId(discount.source.coupon) ?? '')
  used.times_redeemed += 1
  if (used.max_redemptions !== null && used.times_redeemed >= used.max_redemptions)
    used.valid = false
  const code = optionalId(discount.promotion_code)
  if (code !== null) tx.edit('promotion_code', code).times_redeemed += 1
  tx.insert('discount', discount)
  tx.emit('customer.discount.created', 'discount', discount.id)
  return discount
}

/** Takes a discount off what has it. What it has saved on past invoices stays. */
export function endDiscount(tx: Tx, id: string) {
  const discount = tx.edit('discount', id)
  discount.end = tx.now
  const others = (entry: string | Stripe.Discount) => entry !== id
  if (discount.subscription) {
    const subscription = tx.edit('subscription', discount.subscription)
    subscription.discounts = subscription.discounts.filter(others)
    for (const item of subscription.items.data) item.discounts = item.discounts.filter(others)
  } else if (discount.invoice === null && discount.invoice_item === null) {
    tx.edit('customer', optionalId(discount.customer) ?? '').discount = null
  }
  tx.emit('customer.discount.deleted', 'discount', id)
}
