import type { Actor } from '@/lib/audit/actor'
import { keepPlan } from '@/lib/stripe/plan-end'
import { authorizeBilling } from '@/lib/workspaces/authorize'
import { carryOut } from './carry-out'
import { requireOwnSubscription } from './own-subscription'

/**
 * Takes a planned end of the actor's plan back. Where none is planned it changes nothing.
 * @throws {NotFound} there is no plan, or it has ended
 */
export async function keepSubscription(actor: Actor): Promise<void> {
  await authorizeBilling(actor)
  const { customerId, subscription } = await requireOwnSubscription(actor)
  const { id, cancelAt, cancelAtPeriodEnd } = subscription
  if (!cancelAt && !cancelAtPeriodEnd) return
  const after = { subscription: id }
  await carryOut(actor, customerId, { action: 'subscription.request_keep', after }, () =>
    keepPlan(id, { cancelAtPeriodEnd }),
  )
}
