import type { Tx } from '@/sandbox/store/transaction'

/** Invoices are collected again from now on. */
export function unpauseCollection(tx: Tx, id: string) {
  tx.edit('subscription', id).pause_collection = null
  tx.emit('customer.subscription.updated', 'subscription', id)
}
