import { optionalId } from '@/sandbox/ids'
import { markVoid } from '@/sandbox/lifecycle/invoice/mark-void'
import { endSchedule, runningSchedule } from '@/sandbox/lifecycle/schedule/detach'
import type { Tx } from '@/sandbox/store/transaction'

/** Gives up on a first payment: the invoice is void and the subscription never was. */
export function expireIncomplete(tx: Tx, id: string) {
  const subscription = tx.edit('subscription', id)
  subscription.status = 'incomplete_expired'
  subscription.ended_at = tx.now
  tx.emit('customer.subscription.updated', 'subscription', id)
  const schedule = runningSchedule(tx, id)
  if (schedule) endSchedule(tx, schedule, 'aborted')
  markVoid(tx, optionalId(subscription.latest_invoice))
}
