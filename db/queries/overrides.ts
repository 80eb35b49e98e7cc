import { eq, sql } from 'drizzle-orm'
import type { Transaction } from '@/db/client'
import type { EntitlementRow, OverrideRow } from '@/db/queries/claim'
import { findOwnCustomer } from '@/db/queries/people'
import { entitlementOverrides, entitlements } from '@/db/schema/billing'
import { syncTargets } from '@/db/schema/events'
import { workspaces } from '@/db/schema/workspaces'
import type { CustomerId, WorkspaceId } from '@/lib/ids'

/**
 * Takes the workspace's customer from whoever reads Stripe for it now: their read knows nothing of what this
 * transaction changes, and writes nothing any more. It is marked, so that it is read again.
 * @returns the customer, and the fence that is the highest now; null without a customer
 */
export async function overtakeReaders(
  tx: Transaction,
  workspaceId: WorkspaceId,
): Promise<{ customerId: CustomerId; fence: number } | null> {
  const customerId = await findOwnCustomer(tx, workspaceId)
  if (!customerId) return null
  const { fence, dirtySeq, nextRunAt } = syncTargets
  const [target] = await tx
    .insert(syncTargets)
    .values({ key: customerId, fence: 1, dirtySeq: 1 })
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
  return { customerId, fence: target?.fence ?? 0 }
}

/**
 * Holds a workspace until the transaction ends: it gets no customer meanwhile, and nobody else decides about it.
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

/** Writes the one row of what is decided. */
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
