import type { Tx } from '@/sandbox/store/transaction'

/** Counts an open invoice as a bad debt: it is not collected any more, and can still be paid. */
export function markUncollectible(tx: Tx, id: string) {
  const invoice = tx.edit('invoice', id)
  if (invoice.status !== 'open') return
  invoice.status = 'uncollectible'
  invoice.auto_advance = false
  invoice.next_payment_attempt = null
  invoice.status_transitions.marked_uncollectible_at = tx.now
  tx.emit('invoice.marked_uncollectible', 'invoice', id)
}
