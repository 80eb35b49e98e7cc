import { optionalId } from '@/sandbox/ids'
import { endSchedule, runningSchedule } from '@/sandbox/lifecycle/schedule/detach'
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
    const schedule = runningSchedule(tx, never.id)
    if (schedule) endSchedule(tx, schedule, 'aborted')
  } else if (subscription.status === 'past_due' || subscription.status === 'unpaid') {
    tx.edit('subscription', subscription.id).status = 'active'
  }
  tx.emit('customer.subscription.updated', 'subscription', subscription.id)
}
