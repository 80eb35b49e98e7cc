import { and, gt, inArray, isNotNull, isNull, like, sql } from 'drizzle-orm'
import { unionAll } from 'drizzle-orm/pg-core'
import { db } from '@/db/client'
import { subscriptions } from '@/db/schema/billing'
import { syncTargets } from '@/db/schema/events'
import type { CustomerId } from '@/lib/ids'

/** A customer whom a price concerns, and what our records have of their living subscription to it. */
export type Subscriber = {
  customerId: CustomerId
  /** Null while they are being read: what that read saw is not in the records yet. */
  priceId: string | null
  tier: string | null
}

/**
 * Customers with a living subscription to one of these prices, and those that are being read at this moment. In
 * one statement, because a commit between two statements would be in neither.
 */
export async function listSubscribers(priceIds: string[]): Promise<Subscriber[]> {
  if (priceIds.length === 0) return []
  return unionAll(
    db()
      .select({
        customerId: subscriptions.customerId,
        priceId: subscriptions.priceId,
        tier: subscriptions.tier,
      })
      .from(subscriptions)
      .where(and(inArray(subscriptions.priceId, priceIds), isNull(subscriptions.endedAt))),
    db()
      .select({
        customerId: sql<CustomerId>`${syncTargets.key}`,
        priceId: sql<string | null>`null::text`,
        tier: sql<string | null>`null::text`,
      })
      .from(syncTargets)
      .where(
        and(
          gt(syncTargets.dirtySeq, syncTargets.syncedSeq),
          isNotNull(syncTargets.leaseUntil),
          like(syncTargets.key, 'cus\\_%'),
        ),
      ),
  )
}
