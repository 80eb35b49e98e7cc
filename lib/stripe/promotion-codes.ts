import type Stripe from 'stripe'
import { fromUnix } from '@/lib/clock'
import { type CustomerId, type PromotionCodeId, parsePromotionCodeId } from '@/lib/ids'
import type { Money } from '@/lib/money'
import { callStripe } from './call'
import { idOf } from './read'

/** A promotion code and what it takes off. */
export type PromotionSnapshot = {
  id: PromotionCodeId
  /** As its seller wrote it. */
  code: string
  /** Switched on, not used up, and its coupon still gives something. */
  isActive: boolean
  /** The earliest end of the code and its coupon; null: none is set. */
  until: Date | null
  /** The one customer that may use it; null: any may. */
  customerId: CustomerId | string | null
  /** For those alone who have bought nothing yet. */
  firstTime: boolean
  /** What an order must come to at least. */
  minimum: Money | null
  /** Either of the two. */
  percentOff: number | null
  amountOff: Money | null
  /** `repeating`: for `months`. */
  duration: 'once' | 'repeating' | 'forever'
  months: number | null
  /** The products that it is for; null: any. */
  products: readonly string[] | null
}

/**
 * The code that has this text at Stripe, whatever its letters' case; one that can be used before
 * one that cannot. Null: none has.
 */
export async function findPromotionCode(code: string): Promise<PromotionSnapshot | null> {
  const { data } = await callStripe((stripe) =>
    stripe.promotionCodes.list({
      code,
      limit: 10,
      expand: ['data.promotion.coupon.applies_to'],
    }),
  )
  const all = data.map(snapshot).filter((each) => each !== null)
  return all.find(({ isActive }) => isActive) ?? all[0] ?? null
}

function snapshot(from: Stripe.PromotionCode): PromotionSnapshot | null {
  const { coupon } = from.promotion
  // A deleted coupon leaves its codes behind.
  if (!coupon || typeof coupon === 'string') return null
  const { minimum_amount: least, minimum_amount_currency: currency } = from.restrictions
  const ends = [from.expires_at, coupon.redeem_by].filter((end) => typeof end === 'number')
  return {
    id: parsePromotionCodeId(from.id),
    code: from.code,
    isActive: from.active && coupon.valid && [from, coupon].every(isLeft),
    until: ends.length > 0 ? fromUnix(Math.min(...ends)) : null,
    customerId: idOf(from.customer),
    firstTime: from.restrictions.first_time_transaction,
    minimum: least !== null && currency !== null ? { amount: least, currency } : null,
    percentOff: coupon.percent_off,
    amountOff:
      coupon.amount_off !== null && coupon.currency !== null
        ? { amount: coupon.amount_off, currency: coupon.currency }
        : null,
    duration: DURATIONS.find((each) => each === coupon.duration) ?? 'once',
    months: coupon.duration_in_months,
    products: coupon.applies_to?.products ?? null,
  }
}

const DURATIONS = ['once', 'repeating', 'forever'] as const

function isLeft(of: { max_redemptions: number | null; times_redeemed: number }): boolean {
  return of.max_redemptions === null || of.times_redeemed < of.max_redemptions
}
