import type Stripe from 'stripe'
import type { Decline } from '@/sandbox/objects/test-cards'
import { AUTHENTICATION } from '@/sandbox/objects/test-declines'
import type { Tx } from '@/sandbox/store/transaction'
import { chargeIntent, fail } from './charge-intent'
import { asksCardholder, type Presence } from './decline'
import { keepMethod } from './keep-method'

/**
 * Tries to collect an intent that is for nothing but itself, and emits its events. Returns why that
 * failed, or null.
 */
export function collectIntent(
  tx: Tx,
  intent: Stripe.PaymentIntent,
  method: string,
  presence: Presence,
): Decline | null {
  const { decline, charge, processing } = chargeIntent(tx, intent, method, presence, null)
  const emit = (type: string) => tx.emit(`payment_intent.${type}`, 'payment_intent', intent.id)
  if (asksCardholder(decline)) emit('requires_action')
  else if (decline) {
    if (charge) tx.emit('charge.failed', 'charge', charge)
    emit('payment_failed')
  } else if (processing) {
    if (charge) tx.emit('charge.pending', 'charge', charge)
    emit('processing')
  } else {
    keepMethod(tx, intent, method)
    if (charge) tx.emit('charge.succeeded', 'charge', charge)
    emit(intent.status === 'requires_capture' ? 'amount_capturable_updated' : 'succeeded')
  }
  return decline
}

/** A bank that asks while the cardholder is not there has refused. */
export function withoutCardholder(tx: Tx, intent: Stripe.PaymentIntent, method: string) {
  fail(tx, intent, method, AUTHENTICATION)
  tx.emit('payment_intent.payment_failed', 'payment_intent', intent.id)
}
