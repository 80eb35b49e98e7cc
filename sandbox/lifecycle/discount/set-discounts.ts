import type Stripe from 'stripe'
import { idOf } from '@/sandbox/ids'
import type { Tx } from '@/sandbox/store/transaction'
import type { Grant } from './grant'
import { endDiscount, redeem } from './redeem'

/** Replaces the discounts of a subscription: an id keeps one that is there, a grant begins a new one. */
export function setDiscounts(
  tx: Tx,
  subscription: Stripe.Subscription,
  wanted: readonly (string | Grant)[],
) {
  for (const entry of [...subscription.discounts])
    if (!wanted.includes(idOf(entry))) endDiscount(tx, idOf(entry))
  const about = { subscription: subscription.id, customer: idOf(subscription.customer) }
  subscription.discounts = wanted.map((entry) =>
    typeof entry === 'string' ? entry : redeem(tx, about, entry).id,
  )
}
