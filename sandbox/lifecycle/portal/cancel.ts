import { ApiError } from '@/sandbox/http/api-error'
import { releaseSchedule, runningSchedule } from '@/sandbox/lifecycle/schedule/detach'
import { endSubscription } from '@/sandbox/lifecycle/subscription/end'
import { isFeedback } from '@/sandbox/lifecycle/subscription/feedback'
import { endsAt, paidThrough } from '@/sandbox/lifecycle/subscription/period'
import type { Sandbox } from '@/sandbox/sandbox'
import { ownSubscription } from './own-subscription'
import { requireFeature, visit } from './visit'

export interface CancelReason {
  feedback?: string | null | undefined
  comment?: string | null | undefined
}

/**
 * Cancels a subscription as the portal does: at the end of what is paid for, by `cancel_at` alone
 * (only classic billing sets `cancel_at_period_end` too), or at once when so configured.
 */
export function cancelAtPeriodEnd(
  sandbox: Sandbox,
  token: string,
  subscriptionId: string,
  reason: CancelReason = {},
) {
  sandbox.changeFor(token, (tx) => {
    const guest = visit(tx, token)
    requireFeature(guest, 'subscription_cancel')
    if (endsAt(ownSubscription(tx, guest, subscriptionId)) !== null)
      throw ApiError.invalid('This plan is canceled already.')
    // A subscriber who leaves does not want the change that was planned either.
    const schedule = runningSchedule(tx, subscriptionId)
    if (schedule) releaseSchedule(tx, schedule)
    const subscription = tx.edit('subscription', subscriptionId)
    subscription.canceled_at = tx.now
    subscription.cancellation_details = {
      comment: reason.comment || null,
      feedback: isFeedback(reason.feedback) ? reason.feedback : null,
      feedback_option: null,
      reason: 'cancellation_requested',
    }
    const { mode } = guest.configuration.features.subscription_cancel
    // While it is paused no period is being paid for.
    if (mode === 'immediately' || subscription.status === 'paused') {
      return endSubscription(tx, subscriptionId, 'cancellation_requested')
    }
    subscription.cancel_at = paidThrough(subscription)
    subscription.cancel_at_period_end = subscription.billing_mode.type === 'classic'
    tx.emit('customer.subscription.updated', 'subscription', subscriptionId)
  })
}
