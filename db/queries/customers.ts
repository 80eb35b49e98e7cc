import { and, asc, eq, isNotNull, isNull, sql } from 'drizzle-orm'
import { db, type Transaction } from '@/db/client'
import type { CustomerRow } from '@/db/queries/claim'
import { customers, subscriptions } from '@/db/schema/billing'
import type { CustomerId, WorkspaceId } from '@/lib/ids'

/** The workspace's living Stripe customer; null before the first checkout. */
export async function findCustomerId(workspaceId: WorkspaceId): Promise<CustomerId | null> {
  const [row] = await db()
    .select({ id: customers.id })
    .from(customers)
    .where(and(eq(customers.workspaceId, workspaceId), isNull(customers.deletedAt)))
  return row?.id ?? null
}

/** A customer as our records have it, living or not. */
export async function findCustomer(id: CustomerId): Promise<CustomerRow | null> {
  const [row] = await db().select().from(customers).where(eq(customers.id, id))
  return row ?? null
}

/** The customer that a workspace has or, where none lives, the last that it had. */
export async function findNewestCustomer(workspaceId: WorkspaceId): Promise<CustomerRow | null> {
  const [row] = await db()
    .select()
    .from(customers)
    .where(eq(customers.workspaceId, workspaceId))
    .orderBy(sql`${customers.deletedAt} desc nulls first`)
    .limit(1)
  return row ?? null
}

/** Customers that name a workspace and are not its own: made at Stripe, and waiting for an operator. */
export async function listClaimants(workspaceId: WorkspaceId): Promise<CustomerId[]> {
  const rows = await db()
    .select({ id: customers.id })
    .from(customers)
    .where(
      and(
        eq(customers.claimedWorkspaceId, workspaceId),
        isNotNull(customers.conflict),
        isNull(customers.workspaceId),
        isNull(customers.deletedAt),
      ),
    )
    .orderBy(asc(customers.createdAt))
  return rows.map(({ id }) => id)
}

/** Whether our records have a living subscription of this customer. */
export async function hasLivingSubscription(id: CustomerId): Promise<boolean> {
  const living = and(eq(subscriptions.customerId, id), isNull(subscriptions.endedAt))
  return (await db().$count(subscriptions, living)) > 0
}

/**
 * Marks a customer dirty, and with it those that wait for its workspace. First in its transaction, because
 * targets are locked before anything else.
 */
export async function markCustomer(tx: Transaction, id: CustomerId): Promise<void> {
  await tx.execute(sql`select mark_targets(array[${id}]::text[] || rivals_of(${id}))`)
}

/** Marks a missing customer as deleted. False when Stripe has it again, or it was deleted already. */
export async function retireRow(tx: Transaction, id: CustomerId): Promise<boolean> {
  const retired = await tx
    .update(customers)
    .set({ deletedAt: sql`clock_timestamp()`, conflict: null })
    .where(and(eq(customers.id, id), isNotNull(customers.missingAt), isNull(customers.deletedAt)))
    .returning()
  return retired.length === 1
}

/** How many customers a workspace has had and lost: part of the next one's idempotency key. */
export function countCustomers(workspaceId: WorkspaceId): Promise<number> {
  return db().$count(customers, eq(customers.workspaceId, workspaceId))
}

/** Links a customer to its workspace. False when another request was faster with the same one. */
export async function insertCustomer(
  tx: Transaction,
  row: { id: CustomerId; workspaceId: WorkspaceId; livemode: boolean },
): Promise<boolean> {
  const mine = { ...row, claimedWorkspaceId: row.workspaceId }
  const inserted = await tx.insert(customers).values(mine).onConflictDoNothing().returning()
  return inserted.length === 1
}
