import type { Actor } from '@/lib/audit/actor'
import type { WorkspaceId } from '@/lib/ids'
import { cancelSubscriptionNow } from '@/lib/stripe/cancel-subscription'
import { carryOut } from './carry-out'
import { requireSubscriptionOf } from './own-subscription'
import { refundPeriod } from './refund-period'

/**
 * Ends a workspace's plan at once, for an operator; a customer's own way is `end-now`. `refund`: the whole of
 * what the current period was paid with goes back the way it came, first, so that a second try after a
 * crash finds the plan and sends nothing twice.
 * @returns the refunds, `re_…`; none where nothing was paid by card or bank
 * @throws {NotFound} there is no plan, or it has ended
 * @throws {Conflict} the money does not all go back, and the plan goes on
 */
export async function cancelNow(
  actor: Actor,
  workspaceId: WorkspaceId,
  { refund }: { refund: boolean },
): Promise<string[]> {
  const { customerId, subscription } = await requireSubscriptionOf(workspaceId)
  const { id } = subscription
  const after = { subscription: id, refund }
  const action = 'subscription.request_cancel_now'
  return carryOut(actor, customerId, { action, after }, async () => {
    const refunds = refund ? await refundPeriod(subscription) : []
    await cancelSubscriptionNow(id)
    return refunds
  })
}
