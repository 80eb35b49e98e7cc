import type { OperatorActor } from '@/lib/audit/actor'
import { NotFound } from '@/lib/errors'
import type { SubscriptionId } from '@/lib/ids'
import { cancelNow } from '@/lib/subscriptions/cancel-now'
import { endDuplicate } from '@/lib/subscriptions/end-duplicate'
import { type Once, once } from './once'
import { type About, requireCustomer } from './subject-of'

/**
 * Ends a customer's plan at once, with the whole of its current period refunded or without.
 * @throws {NotFound} there is no plan, or it has ended
 * @throws {Conflict} the refund was refused, and the plan goes on
 */
export async function endPlan(
  actor: OperatorActor,
  { workspaceId, seen, reason, refund }: About & { refund: boolean },
): Promise<Once> {
  const scope = await requireCustomer(workspaceId)
  const asked = { scope, seen, action: 'console.cancel' as const, after: { refund }, reason }
  return once(actor, asked, async () => {
    await cancelNow(actor, workspaceId, { refund }).catch((error: unknown) => {
      // Its sentence is for a customer about their own plan.
      throw error instanceof NotFound ? new NotFound('console_gone') : error
    })
  })
}

/**
 * Ends one of several living subscriptions of a customer at once, so that one is left.
 * @throws {Conflict} there are not several any more
 */
export async function mergeDuplicate(
  actor: OperatorActor,
  { workspaceId, seen, reason, id, refund }: About & { id: SubscriptionId; refund: boolean },
): Promise<Once> {
  const scope = await requireCustomer(workspaceId)
  const after = { subscription: id, refund }
  return once(actor, { scope, seen, action: 'console.merge', after, reason }, async () => {
    await endDuplicate(actor, scope, { id, refund })
  })
}
