import { optionalId } from '@/sandbox/ids'
import { cancelIntent } from '@/sandbox/lifecycle/payment/cancel-intent'
import type { Tx } from '@/sandbox/store/transaction'

/** Makes an invoice void, if it is still open. */
export function markVoid(tx: Tx, id: string | null) {
  if (id === null || !['open', 'uncollectible'].includes(tx.get('invoice', id).status ?? '')) return
  const invoice = tx.edit('invoice', id)
  invoice.status = 'void'
  invoice.auto_advance = false
  invoice.next_payment_attempt = null
  invoice.status_transitions.voided_at = tx.now
  dropPayments(tx, id)
  tx.emit('invoice.voided', 'invoice', id)
}

/** What was to collect it is given up with it, also a debit that its bank has not answered yet. */
function dropPayments(tx: Tx, invoice: string) {
  for (const { id, status, payment } of tx.by('invoice_payment', 'invoice', invoice)) {
    const intent = tx.find('payment_intent', optionalId(payment.payment_intent) ?? '')
    if (status !== 'open') continue
    const dropped = tx.edit('invoice_payment', id)
    dropped.status = 'canceled'
    dropped.status_transitions.canceled_at = tx.now
    const debit = intent?.status === 'processing' ? optionalId(intent.latest_charge) : null
    if (debit !== null) {
      tx.edit('charge', debit).status = 'failed'
      tx.emit('charge.failed', 'charge', debit)
    }
    if (intent) cancelIntent(tx, intent.id, 'void_invoice')
  }
}
