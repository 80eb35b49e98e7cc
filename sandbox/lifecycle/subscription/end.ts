import type Stripe from 'stripe'
import { endSchedule, runningSchedule } from '@/sandbox/lifecycle/schedule/detach'
import type { Tx } from '@/sandbox/store/transaction'

/** Ends a subscription for good, now. Its open invoices are no longer tried. */
export function endSubscription(
  tx: Tx,
  id: string,
  reason: Stripe.Subscription.CancellationDetails.Reason,
) {
  const subscription = tx.edit('subscription', id)
  subscription.status = 'canceled'
  subscription.canceled_at ??= tx.now
  subscription.ended_at = tx.now
  subscription.cancel_at_period_end = false
  subscription.cancel_at = null
  subscription.pending_update = null
  if (subscription.cancellation_details) subscription.cancellation_details.reason ??= reason
  for (const invoice of tx.by('invoice', 'subscription', id)) {
    if (invoice.status !== 'open' && invoice.status !== 'draft') continue
    const open = tx.edit('invoice', invoice.id)
    open.auto_advance = false
    open.automatically_finalizes_at = null
    open.next_payment_attempt = null
    tx.emit('invoice.updated', 'invoice', invoice.id)
  }
  const schedule = runningSchedule(tx, id)
  if (schedule) endSchedule(tx, schedule, reason === 'payment_failed' ? 'aborted' : 'canceled')
  tx.emit('customer.subscription.deleted', 'subscription', id)
}
