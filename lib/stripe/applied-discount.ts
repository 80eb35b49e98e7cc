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

/**
 * Reads a discount that is expanded with its coupon, or only named. Access is read from the same answer and hangs on
 * none of this: whatever is missing is not known, and nothing here throws.
 */
export function appliedDiscount(from: string | Stripe.Discount, currency: string): AppliedDiscount {
  if (typeof from === 'string') return { id: from, terms: null }
  // Of an account of another version, or where a coupon was deleted, less stands here than the types say.
  const coupon: Partial<Stripe.Coupon> | string | null = from.source?.coupon ?? null
  if (coupon === null || typeof coupon === 'string' || !coupon.duration) {
    return { id: from.id, terms: null }
  }
  return {
    id: from.id,
    terms: {
      duration: coupon.duration,
      end: dateOf(from.end),
      percentOff: finite(coupon.percent_off),
      // In another currency it is another amount, which Stripe shows only where it was asked for.
      amountOff: finite(
        coupon.currency === currency
          ? coupon.amount_off
          : coupon.currency_options?.[currency]?.amount_off,
      ),
    },
  }
}

// A percentage is a decimal, which the SDK has as an object of its own.
function finite(value: unknown): number | null {
  if (value === null || value === undefined) return null
  const number = Number(String(value))
  return Number.isFinite(number) ? number : null
}
