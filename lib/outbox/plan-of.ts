import { listSubscriptionsOf } from '@/db/queries/subscriptions'
import { PLANS } from '@/lib/catalog/plans'
import { accessOf } from '@/lib/entitlements/access'
import { parseTier } from '@/lib/entitlements/governing'
import type { CustomerId, SubscriptionId } from '@/lib/ids'

/**
 * What a subscription is called, null where our records do not know its price; and whether its customer
 * has another one that gives a plan.
 */
export async function planOf(
  id: SubscriptionId,
  customerId: CustomerId,
  now: Date,
): Promise<{ plan: string | null; hasOther: boolean }> {
  const rows = await listSubscriptionsOf(customerId)
  const tier = parseTier(rows.find((row) => row.id === id)?.tier ?? null)
  return {
    plan: tier && PLANS[tier].name,
    hasOther: rows.some((row) => row.id !== id && accessOf(row, now) !== 'none'),
  }
}
