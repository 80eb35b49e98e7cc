import type { OperatorActor } from '@/lib/audit/actor'
import { NotFound } from '@/lib/errors'
import { cancelNow } from '@/lib/subscriptions/cancel-now'
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
