import type Stripe from 'stripe'
import { ApiError } from '@/sandbox/http/api-error'
import { idOf } from '@/sandbox/ids'
import { addPendingItem } from '@/sandbox/lifecycle/invoice/pending-items'
import type { Tx } from '@/sandbox/store/transaction'
import { unusedTime } from './prorate'
import { endTrial } from './trial'

/**
 * Ends a trial now, moves its end, or gives one to a subscription that is paid for; what was paid
 * and is now free is then credited on the next invoice, unless `prorate` is false.
 */
export function moveTrial(
  tx: Tx,
  subscription: Stripe.Subscription,
  end: number | 'now',
  prorate: boolean,
) {
  if (end !== 'now' && end <= tx.now) {
    throw ApiError.invalid('The `trial_end` must be in the future.', 'trial_end')
  }
  const onTrial = subscription.status === 'trialing'
  if (end === 'now' && !onTrial) return
  const at = end === 'now' ? tx.now : end
  if (!onTrial) beginTrial(tx, subscription, prorate)
  subscription.trial_end = at
  subscription.billing_cycle_anchor = at
  for (const item of subscription.items.data) item.current_period_end = at
  if (end === 'now') endTrial(tx, subscription.id)
}

function beginTrial(tx: Tx, subscription: Stripe.Subscription, prorate: boolean) {
  const where = { tx, invoice: '', subscription, at: tx.now }
  for (const item of prorate ? subscription.items.data : []) {
    const credit = addPendingItem(tx, idOf(subscription.customer), unusedTime(where, item))
    tx.emit('invoiceitem.created', 'invoiceitem', credit)
  }
  for (const item of subscription.items.data) item.current_period_start = tx.now
  subscription.trial_start = tx.now
  subscription.status = 'trialing'
  delete subscription.status_details
}
