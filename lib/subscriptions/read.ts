import { findBilling } from '@/db/queries/billing'
import { userActor } from '@/lib/audit/actor'
import { Unavailable } from '@/lib/errors'
import type { CustomerId, UserId } from '@/lib/ids'
import { productionPorts } from '@/lib/sync/production-ports'
import { syncCustomer } from '@/lib/sync/sync-customer'
import { usageMonth } from '@/lib/usage/month'
import { type Billing, billingOf, needsRefresh } from './billing'

/**
 * A user's billing as it stands. `refresh: 'now'` reads Stripe first (somebody comes back from the
 * portal); `'stale'` only if we know that what we have may be old; left out, never. When Stripe
 * does not answer, what we knew is given, marked `stale`.
 */
export async function readBilling(
  userId: UserId,
  { now, refresh }: { now?: Date; refresh?: 'stale' | 'now' } = {},
): Promise<Billing> {
  const ports = productionPorts()
  const at = now ?? ports.clock.now()
  const rows = await findBilling(userId, usageMonth(at).start)
  const asks = refresh === 'now' || (refresh === 'stale' && needsRefresh(rows, at))
  if (!asks || !rows.customerId) return billingOf(rows, at, false)

  const fresh = await refreshed(userId, rows.customerId)
  return billingOf(await findBilling(userId, usageMonth(at).start), at, !fresh)
}

async function refreshed(userId: UserId, customerId: CustomerId): Promise<boolean> {
  try {
    await syncCustomer(productionPorts(), customerId, userActor(userId))
    return true
  } catch (error) {
    if (error instanceof Unavailable) return false
    throw error
  }
}
