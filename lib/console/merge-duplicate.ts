import type { OperatorActor } from '@/lib/audit/actor'
import type { SubscriptionId } from '@/lib/ids'
import { endDuplicate } from '@/lib/subscriptions/end-duplicate'
import { type Once, once } from './once'
import { type About, requireCustomer } from './subject-of'

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
