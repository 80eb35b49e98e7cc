import type { Tx } from '@/sandbox/store/transaction'

/** Makes an invoice void, if it is still open. */
export function markVoid(tx: Tx, id: string | null) {
  if (id === null || !['open', 'uncollectible'].includes(tx.get('invoice', id).status ?? '')) return
  const invoice = tx.edit('invoice', id)
  invoice.status = 'void'
  invoice.auto_advance = false
  invoice.next_payment_attempt = null
  invoice.status_transitions.voided_at = tx.now
  tx.emit('invoice.voided', 'invoice', id)
}
