import type Stripe from 'stripe'
import { dateOf } from './read'

/** A discount at work on a subscription. An event names it and does not show its terms. */
export type AppliedDiscount = { id: string; terms: DiscountTerms | null }

export type DiscountTerms = {
  duration: Stripe.Coupon.Duration
  /** Of one that repeats: from when on it is none any more. */
  end: Date | null
  percentOff: number | null
  /** Minor units off each invoice. */
  amountOff: number | null
}

/** Reads a discount that is expanded with its coupon, or only named. */
export function appliedDiscount(from: string | Stripe.Discount): AppliedDiscount {
  if (typeof from === 'string') return { id: from, terms: null }
  const { coupon } = from.source
  if (coupon === null || typeof coupon === 'string') return { id: from.id, terms: null }
  return {
    id: from.id,
    terms: {
      duration: coupon.duration,
      end: dateOf(from.end),
      percentOff: coupon.percent_off === null ? null : Number(String(coupon.percent_off)),
      amountOff: coupon.amount_off,
    },
  }
}
