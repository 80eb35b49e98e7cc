import { asksCardholder } from '@/sandbox/lifecycle/payment/decline'
import type { Tx } from '@/sandbox/store/transaction'
import type { Collected } from './pay'

/**
 * The events of collecting money, before the invoice's own: charge, then intent, which is emitted
 * as created only once.
 */
export function emitPayment(
  tx: Tx,
  { charge, intent, decline, processing }: Collected,
  first: boolean,
) {
  if (processing) {
    if (!charge || !intent) return
    tx.emit('charge.pending', 'charge', charge)
    tx.emit('payment_intent.processing', 'payment_intent', intent)
    if (first) tx.emit('payment_intent.created', 'payment_intent', intent)
    return
  }
  if (intent && asksCardholder(decline)) {
    tx.emit('payment_intent.requires_action', 'payment_intent', intent)
    if (first) tx.emit('payment_intent.created', 'payment_intent', intent)
    return
  }
  if (charge) tx.emit(decline ? 'charge.failed' : 'charge.succeeded', 'charge', charge)
  if (!intent) return
  tx.emit(
    decline ? 'payment_intent.payment_failed' : 'payment_intent.succeeded',
    'payment_intent',
    intent,
  )
  if (first) tx.emit('payment_intent.created', 'payment_intent', intent)
}

/** The events of an invoice that was made, finalized and tried in one go. */
export function emitNewInvoice(tx: Tx, collected: Collected) {
  tx.emit('invoice.created', 'invoice', collected.invoice)
  tx.emit('invoice.finalized', 'invoice', collected.invoice)
  emitOutcome(tx, collected)
}

/** The events of an attempt at an invoice: paid, or failed and, when the bank asks, why. */
export function emitOutcome(tx: Tx, { invoice, decline, payment, processing, waits }: Collected) {
  if (processing || waits) return
  if (tx.get('invoice', invoice).status === 'paid') {
    tx.emit('invoice.paid', 'invoice', invoice)
    tx.emit('invoice.payment_succeeded', 'invoice', invoice)
    if (payment) tx.emit('invoice_payment.paid', 'invoice_payment', payment)
    return
  }
  // What was not attempted yet has not failed.
  const asks = asksCardholder(decline)
  if (!asks || tx.get('invoice', invoice).attempt_count > 0)
    tx.emit('invoice.payment_failed', 'invoice', invoice)
  if (asks) tx.emit('invoice.payment_action_required', 'invoice', invoice)
}
