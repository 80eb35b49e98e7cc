import type { Tx } from '@/sandbox/store/transaction'
import { endSubscription } from './end'
import { methodOf } from './method'
import { markPaused } from './pause'
import { renew } from './renew'

/** Ends a trial: into its first paid period, or as its settings say when there is nothing to charge. */
export function endTrial(tx: Tx, id: string) {
  const subscription = tx.edit('subscription', id)
  const without =
    subscription.trial_settings?.end_behavior.missing_payment_method ?? 'create_invoice'
  if (methodOf(tx, subscription) === null && without === 'cancel')
    return endSubscription(tx, id, 'payment_failed')
  if (methodOf(tx, subscription) === null && without === 'pause') {
    return markPaused(tx, id, 'trial_end_without_payment_method')
  }
  subscription.status = 'active'
  renew(tx, id)
}

/** How long before its end a trial is said to end, in seconds. */
export const TRIAL_NOTICE = 3 * 86_400

/** Says that a trial is about to end, once for each end. */
export function announceTrialEnd(tx: Tx, id: string) {
  const announced = announcement(id, tx.get('subscription', id).trial_end)
  if (tx.find('setting', announced)) return
  tx.insert('setting', { id: announced, value: 'announced' })
  tx.emit('customer.subscription.trial_will_end', 'subscription', id)
}

/** The name under which it is kept that a trial's end was announced. */
export function announcement(id: string, trialEnd: number | null): string {
  return `trial_will_end:${id}:${trialEnd}`
}
