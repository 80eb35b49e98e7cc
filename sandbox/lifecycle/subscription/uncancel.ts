import type { Tx } from '@/sandbox/store/transaction'

/** Takes a planned end back, whichever way it was planned. */
export function uncancel(tx: Tx, id: string) {
  const subscription = tx.edit('subscription', id)
  subscription.cancel_at = null
  subscription.cancel_at_period_end = false
  subscription.canceled_at = null
  subscription.cancellation_details = {
    comment: null,
    feedback: null,
    feedback_option: null,
    reason: null,
  }
}
