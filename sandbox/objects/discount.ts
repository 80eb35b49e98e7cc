import type Stripe from 'stripe'
import { newId } from '@/sandbox/ids'
import { addMonths } from '@/sandbox/lifecycle/periods'

/** A coupon at work on a subscription since `now`; one that repeats ends after its months. */
export function newDiscount(
  now: number,
  coupon: Readonly<Stripe.Coupon>,
  given: Partial<Stripe.Discount>,
): Stripe.Discount {
  return {
    id: newId('di'),
    object: 'discount',
    checkout_session: null,
    customer: null,
    customer_account: null,
    end: coupon.duration === 'repeating' ? addMonths(now, coupon.duration_in_months ?? 1) : null,
    invoice: null,
    invoice_item: null,
    promotion_code: null,
    source: { coupon: coupon.id, type: 'coupon' },
    start: now,
    subscription: null,
    subscription_item: null,
    ...given,
  }
}
