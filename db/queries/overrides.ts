import { asc, eq, sql } from 'drizzle-orm'
import type { Transaction } from '@/db/client'
import type { EntitlementRow, OverrideRow } from '@/db/queries/claim'
import { customers, entitlementOverrides, entitlements } from '@/db/schema/billing'
import { syncTargets } from '@/db/schema/events'
import { workspaces } from '@/db/schema/workspaces'
import type { CustomerId, WorkspaceId } from '@/lib/ids'

/**
 * Ends the lease of every customer that the workspace ever had: a read of Stripe that runs now does not know what
 * this transaction changes, and can write nothing any more. A deleted customer still decides while its workspace
 * has no other. All are marked, so that they are read again.
 * @returns those customers, and the fence that is the highest of them now; 0 without any
 */
export async function overtakeReaders(
  tx: Transaction,
  workspaceId: WorkspaceId,
): Promise<{ customerIds: CustomerId[]; fence: number }> {
  const customerIds = await listCustomerIds(tx, workspaceId)
  if (customerIds.length === 0) return { customerIds, fence: 0 }
  const { fence, dirtySeq, nextRunAt } = syncTargets
  // Locked in the order of the list, which is the one of `mark_targets`: the two never wait for each other.
  const targets = await tx
    .insert(syncTargets)
    .values(customerIds.map((key) => ({ key, fence: 1, dirtySeq: 1 })))
    .onConflictDoUpdate({
      target: syncTargets.key,
      set: {
        fence: sql`${fence} + 1`,
        dirtySeq: sql`${dirtySeq} + 1`,
        leaseUntil: null,
        waiting: false,
        nextRunAt: sql`least(${nextRunAt}, clock_timestamp() + debounce_window())`,
      },
    })
    .returning({ fence })
  return { customerIds, fence: Math.max(...targets.map((each) => each.fence)) }
}

/** Every customer that a workspace has or had, as this transaction sees it, in the order of their keys. */
export async function listCustomerIds(
  tx: Transaction,
  workspaceId: WorkspaceId,
): Promise<CustomerId[]> {
  const rows = await tx
    .select({ id: customers.id })
    .from(customers)
    .where(eq(customers.workspaceId, workspaceId))
    .orderBy(asc(customers.id))
  return rows.map(({ id }) => id)
}

/**
 * Locks a workspace until the transaction ends: it gets no customer and no other decision meanwhile.
 * False: there is none.
 */
export async function lockWorkspace(tx: Transaction, id: WorkspaceId): Promise<boolean> {
  const rows = await tx
    .select({ id: workspaces.id })
    .from(workspaces)
    .where(eq(workspaces.id, id))
    .for('update')
  return rows.length === 1
}

/** Writes the row of one decision. */
export async function saveOverride(
  tx: Transaction,
  row: Omit<OverrideRow, 'createdAt'> & { createdAt?: Date },
): Promise<void> {
  const { workspaceId, kind, name } = entitlementOverrides
  await tx
    .insert(entitlementOverrides)
    .values(row)
    .onConflictDoUpdate({
      target: [workspaceId, kind, name],
      set: { ...row, createdAt: sql`now()` },
    })
}

/** Writes what a workspace may use, where no sync does. */
export async function saveEntitlement(
  tx: Transaction,
  row: Omit<EntitlementRow, 'computedAt'>,
): Promise<void> {
  const set = { ...row, computedAt: sql`clock_timestamp()` }
  await tx
    .insert(entitlements)
    .values(set)
    .onConflictDoUpdate({ target: entitlements.workspaceId, set })
}
