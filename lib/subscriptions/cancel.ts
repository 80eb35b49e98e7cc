import type { Actor } from '@/lib/audit/actor'
import { Conflict } from '@/lib/errors'
import type { Leaving } from '@/lib/leaving'
import { cancelSubscriptionNow } from '@/lib/stripe/cancel-subscription'
import { endWithPeriod } from '@/lib/stripe/plan-end'
import { releaseSchedule } from '@/lib/stripe/schedules'
import { authorizeBilling } from '@/lib/workspaces/authorize'
import { carryOut } from './carry-out'
import { endsAtOnce } from './ends-at-once'
import { requireOwnSubscription } from './own-subscription'

/** `when`: what the page said that would happen. */
export type Cancellation = Leaving & { when: 'period_end' | 'now' }

/**
 * Ends the actor's plan: with the period that is paid for, or at once where nothing is paid for. It never
 * takes an end back, and a second time changes nothing.
 * @throws {Conflict} it would end at another time than the page said
 * @throws {NotFound} there is no plan, or it has ended
 */
export async function cancelSubscription(
  actor: Actor,
  { when, ...why }: Cancellation,
): Promise<void> {
  await authorizeBilling(actor)
  const { customerId, subscription } = await requireOwnSubscription(actor)
  const { id, status, cancelAt, cancelAtPeriodEnd, scheduleId } = subscription
  const now = endsAtOnce(status)
  if (now !== (when === 'now')) throw new Conflict('plan_moved_on')
  if (!now && (cancelAt || cancelAtPeriodEnd)) return
  const action = now ? 'subscription.request_cancel_now' : 'subscription.request_cancel'
  const after = { subscription: id, feedback: why.feedback }
  await carryOut(actor, customerId, { action, after }, async () => {
    if (now) return cancelSubscriptionNow(id, why)
    // What was to follow this period does not any more; Stripe takes no end beside a schedule.
    if (scheduleId) await releaseSchedule(scheduleId)
    return endWithPeriod(id, why)
  })
}
