import { ApiError } from '@/sandbox/http/api-error'
import { releaseSchedule, runningSchedule } from '@/sandbox/lifecycle/schedule/detach'
import { endsAt } from '@/sandbox/lifecycle/subscription/period'
import { uncancel } from '@/sandbox/lifecycle/subscription/uncancel'
import type { Sandbox } from '@/sandbox/sandbox'
import { ownSubscription } from './own-subscription'
import { requireFeature, visit } from './visit'

/** Takes a cancellation, or a change that waits for the period's end, back before it has come into force. */
export function resume(sandbox: Sandbox, token: string, subscriptionId: string) {
  sandbox.changeFor(token, (tx) => {
    const guest = visit(tx, token)
    const schedule = runningSchedule(tx, ownSubscription(tx, guest, subscriptionId).id)
    if (schedule) return releaseSchedule(tx, schedule)
    requireFeature(guest, 'subscription_cancel')
    if (endsAt(ownSubscription(tx, guest, subscriptionId)) === null)
      throw ApiError.invalid('This plan is not canceled.')
    uncancel(tx, subscriptionId)
    tx.emit('customer.subscription.updated', 'subscription', subscriptionId)
  })
}
