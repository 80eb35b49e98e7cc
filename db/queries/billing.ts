import { and, eq, isNull } from 'drizzle-orm'
import { db } from '@/db/client'
import type { EntitlementRow, SubscriptionRow } from '@/db/queries/claim'
import { users } from '@/db/schema/auth'
import { customers, entitlements, subscriptions } from '@/db/schema/billing'
import { syncTargets } from '@/db/schema/events'
import { usageCounters } from '@/db/schema/usage'
import type { CustomerId, UserId } from '@/lib/ids'

export type BillingRows = {
  entitlement: EntitlementRow | null
  subscriptions: SubscriptionRow[]
  customerId: CustomerId | null
  lastSyncedAt: Date | null
  /** A signal came that no read has answered yet. */
  dirty: boolean
  used: number
}

/** Everything that one user's billing page needs, in two parallel round trips. */
export async function findBilling(userId: UserId, monthStart: Date): Promise<BillingRows> {
  const [[standing], owned] = await Promise.all([
    db()
      .select({
        entitlement: entitlements,
        customerId: customers.id,
        target: syncTargets,
        used: usageCounters.used,
      })
      // One row, whatever of the rest is missing.
      .from(oneUser(userId))
      .leftJoin(entitlements, eq(entitlements.userId, userId))
      .leftJoin(customers, and(eq(customers.userId, userId), isNull(customers.deletedAt)))
      .leftJoin(syncTargets, eq(syncTargets.key, customers.id))
      .leftJoin(
        usageCounters,
        and(eq(usageCounters.userId, userId), eq(usageCounters.periodStart, monthStart)),
      ),
    db()
      .select({ subscription: subscriptions })
      .from(subscriptions)
      .innerJoin(customers, eq(customers.id, subscriptions.customerId))
      .where(eq(customers.userId, userId)),
  ])
  return {
    entitlement: standing?.entitlement ?? null,
    subscriptions: owned.map(({ subscription }) => subscription),
    customerId: standing?.customerId ?? null,
    lastSyncedAt: standing?.target?.lastSyncedAt ?? null,
    dirty: standing?.target ? standing.target.dirtySeq > standing.target.syncedSeq : false,
    used: standing?.used ?? 0,
  }
}

function oneUser(userId: UserId) {
  return db().select({ id: users.id }).from(users).where(eq(users.id, userId)).as('one_user')
}
