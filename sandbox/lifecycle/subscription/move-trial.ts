import type Stripe from 'stripe'
import { ApiError } from '@/sandbox/http/api-error'
import { idOf, optionalId } from '@/sandbox/ids'
import { finalizeAndCollect } from '@/sandbox/lifecycle/invoice/collect'
import { addPendingItem } from '@/sandbox/lifecycle/invoice/pending-items'
import type { Settings } from '@/sandbox/settings'
import type { Tx } from '@/sandbox/store/transaction'
import { unusedTime } from './prorate'
import { announceTrialEnd, endTrial, TRIAL_NOTICE } from './trial'

/**
 * Ends a trial now and charges at once, moves its end, or gives one to a subscription that is paid for; what was paid
 * and is now free is then credited on the next invoice, unless `prorate` is false.
 */
export function moveTrial(
  tx: Tx,
  settings: Settings,
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
  if (at - tx.now <= TRIAL_NOTICE) announceTrialEnd(tx, subscription.id)
  if (end === 'now') endTrialNow(tx, settings, subscription)
}

/** The first charge does not wait an hour when a request asks for it. */
function endTrialNow(tx: Tx, settings: Settings, subscription: Stripe.Subscription) {
  endTrial(tx, subscription.id)
  const invoice = optionalId(subscription.latest_invoice)
  if (invoice && tx.get('invoice', invoice).status === 'draft')
    finalizeAndCollect(tx, settings, invoice)
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
