import { markVoid } from '@/sandbox/lifecycle/invoice/mark-void'
import type { Tx } from '@/sandbox/store/transaction'
import { heldInvoice } from './held-invoice'

/** Gives up a change that waits for its payment, if there is one: another takes its place, and its invoice is void. */
export function dropPendingUpdate(tx: Tx, id: string) {
  const subscription = tx.get('subscription', id)
  if (!subscription.pending_update) return
  markVoid(tx, heldInvoice(tx, subscription))
  tx.edit('subscription', id).pending_update = null
}
