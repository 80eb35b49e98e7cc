import { inTransaction } from '@/db/client'
import { hasAudit } from '@/db/queries/audit'
import { markTarget } from '@/db/queries/targets'
import type { Actor } from '@/lib/audit/actor'
import { recordAudit } from '@/lib/audit/record'
import { isUnstartedAtStripe } from '@/lib/entitlements/unstarted'
import type { CustomerId, SubscriptionId } from '@/lib/ids'
import { cancelSubscriptionNow } from '@/lib/stripe/cancel-subscription'
import { listSubscriptions } from '@/lib/stripe/subscriptions'

const ACTION = 'subscription.cancel_unstarted'

/**
 * Ends a subscription whose first payment never arrived: Stripe leaves it `active`, and it would bill
 * for the next period. Nothing happens where Stripe shows that the money came, or that it has ended.
 * Safe to repeat: the intention is audited once, before Stripe is called.
 * @throws {Unavailable} Stripe does not answer
 */
export async function cancelUnstarted(
  actor: Actor,
  customerId: CustomerId,
  id: SubscriptionId,
): Promise<void> {
  const shown = (await listSubscriptions(customerId)).find((each) => each.id === id)
  if (!shown || !isUnstartedAtStripe(shown)) return
  await inTransaction(async (tx) => {
    const what = { scope: customerId, action: ACTION, after: { subscription: id } } as const
    if (!(await hasAudit(tx, what))) await recordAudit(tx, actor, what)
  })
  await cancelSubscriptionNow(id)
  // Stripe's event has it read at once; should that get lost, this does.
  await inTransaction((tx) => markTarget(tx, customerId))
}
