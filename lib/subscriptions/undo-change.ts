import { findOpenMove } from '@/db/queries/price-moves'
import type { Actor } from '@/lib/audit/actor'
import { Conflict } from '@/lib/errors'
import { releaseSchedule } from '@/lib/stripe/schedules'
import { authorizeBilling } from '@/lib/workspaces/authorize'
import { carryOut } from './carry-out'
import { requireOwnSubscription } from './own-subscription'

/**
 * Takes back a change of the actor's plan that is planned for the end of what is paid for. Where none is
 * planned it changes nothing.
 * @throws {Conflict} what is planned is another price, which an operator set
 * @throws {NotFound} there is no plan, or it has ended
 */
export async function undoPlannedChange(actor: Actor): Promise<void> {
  await authorizeBilling(actor)
  const { customerId, subscription } = await requireOwnSubscription(actor)
  const { id, scheduleId } = subscription
  if (!scheduleId) return
  if ((await findOpenMove(id))?.scheduleId === scheduleId) throw new Conflict('price_is_set')
  const after = { subscription: id }
  await carryOut(actor, customerId, { action: 'subscription.request_undo', after }, () =>
    releaseSchedule(scheduleId),
  )
}
