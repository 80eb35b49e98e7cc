import type Stripe from 'stripe'
import { ApiError } from '@/sandbox/http/api-error'
import { idOf, optionalId } from '@/sandbox/ids'
import type { Tx } from '@/sandbox/store/transaction'

/** A coupon that the customer may have, and the code it came by. */
export interface Grant {
  coupon: string
  promotionCode: string | null
}

/** For whom and for what it is; `amount` is the first period's, in integer minor units. */
export interface Buyer {
  customer: string | null
  amount: number
  currency: string
}

/** A coupon, unless it cannot be redeemed any more. Throws ApiError 400. */
export function grantCoupon(tx: Tx, id: string, buyer: Buyer, param: string): Grant {
  const coupon = tx.find('coupon', id)
  if (!coupon) throw ApiError.unknownReference('coupon', id, param)
  if (!coupon.valid || (coupon.redeem_by !== null && coupon.redeem_by < tx.now))
    throw ApiError.invalid(`Coupon expired: ${id}`, param, 'coupon_expired')
  if (coupon.currency !== null && coupon.currency !== buyer.currency)
    throw ApiError.invalid(
      `The coupon ${id} is in ${coupon.currency}, and this is billed in ${buyer.currency}.`,
      param,
    )
  return { coupon: id, promotionCode: null }
}

/** The coupon of a promotion code, unless the code is not for this buyer. Throws ApiError 400. */
export function grantPromotionCode(tx: Tx, id: string, buyer: Buyer, param: string): Grant {
  const code = tx.find('promotion_code', id)
  if (!code) throw ApiError.unknownReference('promotion_code', id, param)
  const problem = problemWith(tx, code, buyer)
  if (problem) throw ApiError.invalid(problem, param, 'promotion_code_invalid')
  const { coupon } = code.promotion
  const grant = grantCoupon(tx, coupon === null ? '' : idOf(coupon), buyer, param)
  return { ...grant, promotionCode: id }
}

function problemWith(tx: Tx, code: Readonly<Stripe.PromotionCode>, buyer: Buyer): string | null {
  const { restrictions } = code
  if (!code.active) return 'This promotion code is not active.'
  if (code.expires_at !== null && code.expires_at <= tx.now)
    return 'This promotion code has expired.'
  if (code.max_redemptions !== null && code.times_redeemed >= code.max_redemptions)
    return 'This promotion code has been redeemed as often as it can be.'
  const only = optionalId(code.customer)
  if (only !== null && only !== buyer.customer)
    return 'This promotion code cannot be redeemed by this customer.'
  if (restrictions.first_time_transaction && hasPaid(tx, buyer.customer))
    return 'This promotion code cannot be redeemed because the associated customer has prior transactions.'
  if (restrictions.minimum_amount !== null && buyer.amount < restrictions.minimum_amount)
    return 'This promotion code needs a larger order.'
  return null
}

function hasPaid(tx: Tx, customer: string | null): boolean {
  return tx
    .all('invoice')
    .some((row) => optionalId(row.customer) === customer && row.status === 'paid' && row.total > 0)
}
