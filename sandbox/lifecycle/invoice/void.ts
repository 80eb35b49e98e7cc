import { optionalId } from '@/sandbox/ids'
import type { Tx } from '@/sandbox/store/transaction'
import { subscriptionOf } from './collect'
import { markVoid } from './mark-void'

/** Makes an invoice as if it had never been asked for. A subscription that waited for it goes on, or never begins. */
export function voidInvoice(tx: Tx, id: string) {
  markVoid(tx, id)
  const subscription = tx.find('subscription', subscriptionOf(tx, id) ?? '')
  if (!subscription || optionalId(subscription.latest_invoice) !== id) return
  if (subscription.status === 'incomplete') {
    const never = tx.edit('subscription', subscription.id)
    never.status = 'incomplete_expired'
    never.ended_at = tx.now
  } else if (subscription.status === 'past_due' || subscription.status === 'unpaid') {
    tx.edit('subscription', subscription.id).status = 'active'
  }
  tx.emit('customer.subscription.updated', 'subscription', subscription.id)
}
