import { and, eq, isNull } from 'drizzle-orm'
import { db } from '@/db/client'
import type { EntitlementRow, OverrideRow, SubscriptionRow } from '@/db/queries/claim'
import { customers, entitlementOverrides, entitlements, subscriptions } from '@/db/schema/billing'
import { syncTargets } from '@/db/schema/events'
import { usageCounters } from '@/db/schema/usage'
import { workspaces } from '@/db/schema/workspaces'
import type { CustomerId, WorkspaceId } from '@/lib/ids'

export type BillingRows = {
  entitlement: EntitlementRow | null
  overrides: OverrideRow[]
  subscriptions: SubscriptionRow[]
  customerId: CustomerId | null
  lastSyncedAt: Date | null
  /** A signal came that no read has answered yet. */
  dirty: boolean
  used: number
}

/** Everything that one workspace's billing page needs, in parallel round trips. */
export async function findBilling(
  workspaceId: WorkspaceId,
  monthStart: Date,
): Promise<BillingRows> {
  const [[standing], owned, overrides] = await Promise.all([
    db()
      .select({
        entitlement: entitlements,
        customerId: customers.id,
        target: syncTargets,
        used: usageCounters.used,
      })
      // One row, whatever of the rest is missing.
      .from(oneWorkspace(workspaceId))
      .leftJoin(entitlements, eq(entitlements.workspaceId, workspaceId))
      .leftJoin(customers, and(eq(customers.workspaceId, workspaceId), isNull(customers.deletedAt)))
      .leftJoin(syncTargets, eq(syncTargets.key, customers.id))
      .leftJoin(
        usageCounters,
        and(eq(usageCounters.workspaceId, workspaceId), eq(usageCounters.periodStart, monthStart)),
      ),
    db()
      .select({ subscription: subscriptions })
      .from(subscriptions)
      .innerJoin(customers, eq(customers.id, subscriptions.customerId))
      .where(eq(customers.workspaceId, workspaceId)),
    db()
      .select()
      .from(entitlementOverrides)
      .where(eq(entitlementOverrides.workspaceId, workspaceId)),
  ])
  return {
    entitlement: standing?.entitlement ?? null,
    overrides,
    subscriptions: owned.map(({ subscription }) => subscription),
    customerId: standing?.customerId ?? null,
    lastSyncedAt: standing?.target?.lastSyncedAt ?? null,
    dirty: standing?.target ? standing.target.dirtySeq > standing.target.syncedSeq : false,
    used: standing?.used ?? 0,
  }
}

function oneWorkspace(workspaceId: WorkspaceId) {
  return db()
    .select({ id: workspaces.id })
    .from(workspaces)
    .where(eq(workspaces.id, workspaceId))
    .as('one_workspace')
}
