import type Stripe from 'stripe'

/** A coupon that was never redeemed. */
export function newCoupon(
  now: number,
  given: Partial<Stripe.Coupon> & { id: string; duration: Stripe.Coupon.Duration },
): Stripe.Coupon {
  return {
    object: 'coupon',
    amount_off: null,
    created: now,
    currency: null,
    duration_in_months: null,
    livemode: false,
    max_redemptions: null,
    metadata: {},
    name: null,
    percent_off: null,
    redeem_by: null,
    times_redeemed: 0,
    valid: true,
    ...given,
  }
}
