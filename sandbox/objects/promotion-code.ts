import type Stripe from 'stripe'
import { newId } from '@/sandbox/ids'

/** A code that people type to get a coupon. */
export function newPromotionCode(
  now: number,
  given: Partial<Stripe.PromotionCode> & {
    code: string
    promotion: Stripe.PromotionCode.Promotion
  },
): Stripe.PromotionCode {
  return {
    id: newId('promo'),
    object: 'promotion_code',
    active: true,
    created: now,
    customer: null,
    customer_account: null,
    expires_at: null,
    livemode: false,
    max_redemptions: null,
    metadata: {},
    restrictions: {
      first_time_transaction: false,
      minimum_amount: null,
      minimum_amount_currency: null,
    },
    times_redeemed: 0,
    ...given,
  }
}
