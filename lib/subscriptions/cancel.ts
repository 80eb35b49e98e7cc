import type { Actor } from '@/lib/audit/actor'
import { SELF_SERVICE, type SelfService } from '@/lib/catalog/self-service'
import { Conflict } from '@/lib/errors'
import type { Leaving } from '@/lib/leaving'
import { cancelSubscriptionNow } from '@/lib/stripe/cancel-subscription'
import { endWithPeriod } from '@/lib/stripe/plan-end'
import { releaseSchedule } from '@/lib/stripe/schedules'
import { productionPorts } from '@/lib/sync/production-ports'
import { syncCustomer } from '@/lib/sync/sync-customer'
import { authorizeBilling } from '@/lib/workspaces/authorize'
import { carryOut } from './carry-out'
import { endNow } from './end-now'
import { endsAtOnce } from './ends-at-once'
import { type Own, requireOwnSubscription, shownStatusOf } from './own-subscription'

/** `when`: what the page said that would happen. `offer`: of what is paid for and ends at once (`readEndNow`). */
export type Cancellation = Leaving & { when: 'period_end' | 'now'; offer?: string | undefined }

/**
 * Ends the actor's plan: with the period that is paid for, or at once where nothing is paid for, or where customers may
 * end it so and agreed to what comes back. It never
 * takes an end back, and a second time changes nothing.
 * @throws {Conflict} it would end at another time than the page said
 * @throws {NotFound} there is no plan, or it has ended
 */
export async function cancelSubscription(
  actor: Actor,
  { when, offer, ...why }: Cancellation,
  selfService: SelfService = SELF_SERVICE,
): Promise<void> {
  await authorizeBilling(actor)
  const own = await newest(actor, await requireOwnSubscription(actor))
  const { customerId, subscription } = own
  const { id, cancelAt, cancelAtPeriodEnd, scheduleId } = subscription
  const now = endsAtOnce(shownStatusOf(own))
  if (!now && when === 'now' && offer) return endNow(actor, own, { offer, ...why }, selfService)
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

// That its first money is still to come is in our records alone. It may have arrived without an event yet, and what
// is paid for does not end at once.
async function newest(actor: Actor, own: Own): Promise<Own> {
  if (shownStatusOf(own) === own.subscription.status) return own
  await syncCustomer(productionPorts(), own.customerId, actor)
  return requireOwnSubscription(actor)
}
