import type Stripe from 'stripe'
import type { Tx } from '@/sandbox/store/transaction'

/** The discounts of a subscription that still count at `at`. A subscription that is only worked out holds them whole. */
export function discountsOf(
  tx: Tx,
  subscription: Readonly<Stripe.Subscription>,
  at: number,
): Readonly<Stripe.Discount>[] {
  return subscription.discounts
    .map((entry) => (typeof entry === 'string' ? tx.get('discount', entry) : entry))
    .filter(({ end }) => end === null || end > at)
}
