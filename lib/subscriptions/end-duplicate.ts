import { listSubscriptionsOf } from '@/db/queries/subscriptions'
import type { Actor } from '@/lib/audit/actor'
import { duplicatesOf, isLiving } from '@/lib/entitlements/duplicates'
import { Conflict } from '@/lib/errors'
import type { CustomerId, SubscriptionId } from '@/lib/ids'
import { countRead } from '@/lib/redis/person-reads'
import { isTerminal } from '@/lib/status'
import { cancelSubscriptionNow } from '@/lib/stripe/cancel-subscription'
import { retrieveManaged } from '@/lib/stripe/managed-subscription'
import { carryOut } from './carry-out'
import { refundPeriod } from './refund-period'

/**
 * Ends one of a customer's several living subscriptions at once, for an operator, so that one is left. Never the
 * last: that another one lives Stripe is asked first. `refund`: the whole of its current period goes back before.
 * @returns the refunds, `re_…`
 * @throws {Conflict} there are not several any more, it is none of them, or the money does not all go back
 */
export async function endDuplicate(
  actor: Actor,
  customerId: CustomerId,
  { id, refund }: { id: SubscriptionId; refund: boolean },
): Promise<string[]> {
  const rows = (await listSubscriptionsOf(customerId)).filter(isLiving)
  const others = rows.filter((row) => row.id !== id)
  if (others.length === rows.length || duplicatesOf(rows).length === 0)
    throw new Conflict('console_moved_on')
  countRead()
  const [ended, ...kept] = await Promise.all(
    [id, ...others.map((row) => row.id)].map((each) => retrieveManaged(each)),
  )
  const living = kept.filter(({ status }) => !isTerminal(status))
  if (!ended || living.length === 0) throw new Conflict('console_moved_on')
  const after = { subscription: id, refund, kept: living.map((each) => each.id) }
  const action = 'subscription.request_cancel_now'
  return carryOut(actor, customerId, { action, after }, async () => {
    const refunds = refund ? await refundPeriod(ended) : []
    await cancelSubscriptionNow(id)
    return refunds
  })
}
