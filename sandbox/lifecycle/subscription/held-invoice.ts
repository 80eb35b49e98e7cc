import type Stripe from 'stripe'
import type { Tx } from '@/sandbox/store/transaction'

/** Stripe gives a refused change this long to be paid after all, in seconds. */
export const HELD_SECONDS = 23 * 3600

/** The invoice that a pending update waits for; it need not be the latest, because a renewal may follow it. */
export function heldInvoice(tx: Tx, subscription: Readonly<Stripe.Subscription>): string | null {
  const held = subscription.pending_update
  if (!held) return null
  const made = tx
    .by('invoice', 'subscription', subscription.id)
    .findLast(
      ({ billing_reason, created }) =>
        billing_reason === 'subscription_update' && created === held.expires_at - HELD_SECONDS,
    )
  return made?.id ?? null
}
