import type Stripe from 'stripe'
import { optionalId } from '@/sandbox/ids'
import { cancelIntent } from '@/sandbox/lifecycle/payment/cancel-intent'
import { heldInvoice } from '@/sandbox/lifecycle/subscription/held-invoice'
import { applyPendingUpdate } from '@/sandbox/lifecycle/subscription/pending-update'
import type { Tx } from '@/sandbox/store/transaction'
import { settleSubscription, subscriptionOf } from './collect'

/** The seller was paid in a way that is not seen here: the invoice is paid, and nothing is charged. */
export function payOutOfBand(tx: Tx, id: string): Stripe.Invoice {
  const invoice = tx.edit('invoice', id)
  invoice.status = 'paid'
  invoice.attempted = true
  invoice.auto_advance = false
  invoice.amount_paid = invoice.amount_due
  invoice.amount_remaining = 0
  invoice.next_payment_attempt = null
  invoice.status_transitions.paid_at = tx.now
  for (const { id: link, status, payment } of tx.by('invoice_payment', 'invoice', id)) {
    if (status !== 'open') continue
    tx.edit('invoice_payment', link).status = 'canceled'
    const intent = optionalId(payment.payment_intent)
    if (intent) cancelIntent(tx, intent, 'void_invoice')
  }
  tx.emit('invoice.updated', 'invoice', id)
  tx.emit('invoice.paid', 'invoice', id)
  const subscription = tx.find('subscription', subscriptionOf(tx, id) ?? '')
  if (subscription && heldInvoice(tx, subscription) === id) applyPendingUpdate(tx, subscription.id)
  settleSubscription(tx, { invoice: id, decline: null, intent: null, charge: null, payment: null })
  return invoice
}
