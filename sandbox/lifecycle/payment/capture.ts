import type Stripe from 'stripe'
import { idOf } from '@/sandbox/ids'
import type { Tx } from '@/sandbox/store/transaction'
import { recordCharge } from './book'
import { planAftermath, succeed } from './charge-intent'

/** Takes what a bank has set aside, or part of it; the rest is let go. */
export function captureIntent(tx: Tx, intent: Stripe.PaymentIntent, amount: number) {
  const charge = tx.edit('charge', idOf(intent.latest_charge ?? ''))
  charge.captured = true
  charge.amount_captured = amount
  charge.amount_refunded = charge.amount - amount
  succeed(intent, charge.payment_method)
  intent.amount_received = amount
  recordCharge(tx, charge)
  const behavior = tx.find('card', charge.payment_method ?? '')?.behavior
  if (behavior) planAftermath(tx, charge, behavior)
  tx.emit('charge.captured', 'charge', charge.id)
  tx.emit('payment_intent.succeeded', 'payment_intent', intent.id)
}
