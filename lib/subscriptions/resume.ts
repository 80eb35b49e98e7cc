import { type Actor, workspaceIdOf } from '@/lib/audit/actor'
import { requirePlanAllowed } from '@/lib/entitlements/require-plan-allowed'
import { Conflict } from '@/lib/errors'
import type { SubscriptionId } from '@/lib/ids'
import { countRead } from '@/lib/redis/person-reads'
import { previewResumption, resumePaused, unpauseCollection } from '@/lib/stripe/pauses'
import { authorizeBilling } from '@/lib/workspaces/authorize'
import { carryOut } from './carry-out'
import { requireOwnSubscription } from './own-subscription'
import { readShown, shownCharge } from './shown-charge'

/**
 * Ends a pause of the actor's plan, of whichever kind: what was paused by its status begins a new period,
 * which is charged over the amount that the page showed. Where nothing is paused it changes nothing.
 * @param shown what the page's form says of it (`shownCharge`)
 * @throws {Forbidden} an operator withholds plans from the workspace, and it is paused by its status
 * @throws {Conflict} there is nothing to charge, or no amount was shown, or it is another by now
 * @throws {PaymentRequired} the bank said no, and it stays paused
 * @throws {NotFound} there is no plan, or it has ended
 */
export async function resumeSubscription(actor: Actor, shown: string | undefined): Promise<void> {
  await authorizeBilling(actor)
  const { customerId, subscription } = await requireOwnSubscription(actor)
  const { id, status, pause, paymentMethod } = subscription
  const isPaused = status === 'paused'
  if (!isPaused && !pause) return
  // It would be charged for a new period of what it does not get.
  if (isPaused) await requirePlanAllowed(workspaceIdOf(actor))
  if (isPaused && !paymentMethod.own && !paymentMethod.customers)
    throw new Conflict('no_payment_method')
  if (isPaused) await requireShown(id, shown)
  const after = { subscription: id }
  await carryOut(actor, customerId, { action: 'subscription.request_resume', after }, async () => {
    if (pause) await unpauseCollection(id)
    if (isPaused) await resumePaused(id)
  })
}

// A new period can cost another amount than when the page was opened: a discount, credit or tax has come or gone.
async function requireShown(id: SubscriptionId, shown: string | undefined): Promise<void> {
  const agreed = readShown(shown)
  if (!agreed) throw new Conflict('amount_not_shown')
  countRead()
  if (agreed !== shownCharge(null, await previewResumption(id)))
    throw new Conflict('amount_changed')
}
