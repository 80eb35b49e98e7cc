import { and, eq, gt, isNull, sql } from 'drizzle-orm'
import { db } from '@/db/client'
import type { EntitlementRow, OverrideRow, SubscriptionRow } from '@/db/queries/claim'
import { hasOpenDispute } from '@/db/queries/open-dispute'
import { findCredits } from '@/db/queries/usage-credits'
import { customers, entitlementOverrides, entitlements, subscriptions } from '@/db/schema/billing'
import { syncTargets } from '@/db/schema/events'
import { usageCounters, usageEvents } from '@/db/schema/usage'
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
  /** What was used and is reserved in each usage period of the last weeks. */
  counters: { periodStart: Date; used: number }[]
  /** What is left of uses that were bought beside the plan. */
  credits: number
  /** A payment is disputed at its bank, and nothing is decided yet. */
  isDisputed: boolean
}

// A usage period is a month at most.
const LONGEST_PERIOD_MS = 31 * 86_400_000

/** Everything that one workspace's billing page needs, in parallel round trips. */
export async function findBilling(workspaceId: WorkspaceId, now: Date): Promise<BillingRows> {
  const [[current], owned, counters, overrides, credits, isDisputed] = await Promise.all([
    db()
      .select({
        entitlement: entitlements,
        customerId: customers.id,
        target: syncTargets,
      })
      // One row, whatever of the rest is missing.
      .from(oneWorkspace(workspaceId))
      .leftJoin(entitlements, eq(entitlements.workspaceId, workspaceId))
      .leftJoin(customers, and(eq(customers.workspaceId, workspaceId), isNull(customers.deletedAt)))
      .leftJoin(syncTargets, eq(syncTargets.key, customers.id)),
    db()
      .select({ subscription: subscriptions })
      .from(subscriptions)
      .innerJoin(customers, eq(customers.id, subscriptions.customerId))
      .where(eq(customers.workspaceId, workspaceId)),
    listCounters(workspaceId, new Date(now.getTime() - LONGEST_PERIOD_MS)),
    db()
      .select()
      .from(entitlementOverrides)
      .where(eq(entitlementOverrides.workspaceId, workspaceId)),
    findCredits(workspaceId, now),
    hasOpenDispute(workspaceId),
  ])
  return {
    entitlement: current?.entitlement ?? null,
    overrides,
    subscriptions: owned.map(({ subscription }) => subscription),
    customerId: current?.customerId ?? null,
    lastSyncedAt: current?.target?.lastSyncedAt ?? null,
    dirty: current?.target ? current.target.dirtySeq > current.target.syncedSeq : false,
    counters,
    credits,
    isDisputed,
  }
}

// An expired reservation has given its units back, even before its row says so.
function listCounters(workspaceId: WorkspaceId, after: Date): Promise<BillingRows['counters']> {
  const held = sql`(select sum(${usageEvents.planUnits}) from ${usageEvents}
    where ${usageEvents.workspaceId} = ${usageCounters.workspaceId} and ${usageEvents.periodStart} = ${usageCounters.periodStart}
      and ${usageEvents.state} = 'held' and ${usageEvents.expiresAt} > clock_timestamp())`
  return db()
    .select({
      periodStart: usageCounters.periodStart,
      used: sql<number>`(${usageCounters.used} + coalesce(${held}, 0))::integer`,
    })
    .from(usageCounters)
    .where(and(eq(usageCounters.workspaceId, workspaceId), gt(usageCounters.periodStart, after)))
}

function oneWorkspace(workspaceId: WorkspaceId) {
  return db()
    .select({ id: workspaces.id })
    .from(workspaces)
    .where(eq(workspaces.id, workspaceId))
    .as('one_workspace')
}
