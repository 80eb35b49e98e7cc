import type Stripe from 'stripe'
import type { Tx } from '@/sandbox/store/transaction'

/** Cancels an intent: it cannot be paid any more, and what was set aside for it is let go. */
export function cancelIntent(
  tx: Tx,
  id: string,
  reason: Stripe.PaymentIntent.CancellationReason | null,
) {
  const intent = tx.edit('payment_intent', id)
  intent.status = 'canceled'
  intent.canceled_at = tx.now
  intent.cancellation_reason = reason
  intent.next_action = null
  intent.amount_capturable = 0
  tx.emit('payment_intent.canceled', 'payment_intent', id)
}
