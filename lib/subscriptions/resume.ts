import { type Actor, workspaceIdOf } from '@/lib/audit/actor'
import { requirePlanAllowed } from '@/lib/entitlements/require-plan-allowed'
import { Conflict } from '@/lib/errors'
import { resumePaused, unpauseCollection } from '@/lib/stripe/pauses'
import { authorizeBilling } from '@/lib/workspaces/authorize'
import { carryOut } from './carry-out'
import { requireOwnSubscription } from './own-subscription'

/**
 * Ends a pause of the actor's plan, of whichever kind: what was paused by its status begins a new period,
 * which is charged. Where nothing is paused it changes nothing.
 * @throws {Forbidden} an operator withholds plans from the workspace, and it is paused by its status
 * @throws {Conflict} there is nothing to charge
 * @throws {PaymentRequired} the bank said no, and it stays paused
 * @throws {NotFound} there is no plan, or it has ended
 */
export async function resumeSubscription(actor: Actor): Promise<void> {
  await authorizeBilling(actor)
  const { customerId, subscription } = await requireOwnSubscription(actor)
  const { id, status, pause, paymentMethod } = subscription
  const isPaused = status === 'paused'
  if (!isPaused && !pause) return
  // It would be charged for a new period of what it does not get.
  if (isPaused) await requirePlanAllowed(workspaceIdOf(actor))
  if (isPaused && !paymentMethod.own && !paymentMethod.customers)
    throw new Conflict('no_payment_method')
  const after = { subscription: id }
  await carryOut(actor, customerId, { action: 'subscription.request_resume', after }, async () => {
    if (pause) await unpauseCollection(id)
    if (isPaused) await resumePaused(id)
  })
}
