import { and, asc, eq, isNotNull, isNull, sql } from 'drizzle-orm'
import { db, type Transaction } from '@/db/client'
import type { CustomerRow } from '@/db/queries/claim'
import { customers, subscriptions } from '@/db/schema/billing'
import type { CustomerId, UserId } from '@/lib/ids'

/** The user's living Stripe customer; null before the first checkout. */
export async function findCustomerId(userId: UserId): Promise<CustomerId | null> {
  const [row] = await db()
    .select({ id: customers.id })
    .from(customers)
    .where(and(eq(customers.userId, userId), isNull(customers.deletedAt)))
  return row?.id ?? null
}

/** A customer as our records have it, living or not. */
export async function findCustomer(id: CustomerId): Promise<CustomerRow | null> {
  const [row] = await db().select().from(customers).where(eq(customers.id, id))
  return row ?? null
}

/** The customer that a user has or, where none lives, the last that they had. */
export async function findNewestCustomer(userId: UserId): Promise<CustomerRow | null> {
  const [row] = await db()
    .select()
    .from(customers)
    .where(eq(customers.userId, userId))
    .orderBy(sql`${customers.deletedAt} desc nulls first`)
    .limit(1)
  return row ?? null
}

/** Customers that name a user and are not theirs: made at Stripe, and waiting to be looked at. */
export async function listClaimants(userId: UserId): Promise<CustomerId[]> {
  const rows = await db()
    .select({ id: customers.id })
    .from(customers)
    .where(
      and(
        eq(customers.claimedUserId, userId),
        isNotNull(customers.conflict),
        isNull(customers.userId),
        isNull(customers.deletedAt),
      ),
    )
    .orderBy(asc(customers.createdAt))
  return rows.map(({ id }) => id)
}

/** Whether our records take some subscription of this customer for living. */
export async function hasLivingSubscription(id: CustomerId): Promise<boolean> {
  const living = and(eq(subscriptions.customerId, id), isNull(subscriptions.endedAt))
  return (await db().$count(subscriptions, living)) > 0
}

/**
 * Marks a customer dirty, and with it those that wait for its user. First in its transaction, because
 * targets are locked before anything else.
 */
export async function markCustomer(tx: Transaction, id: CustomerId): Promise<void> {
  await tx.execute(sql`select mark_targets(array[${id}]::text[] || rivals_of(${id}))`)
}

/** Takes a missing customer out of the living. False when it was found, or was out already. */
export async function retireRow(tx: Transaction, id: CustomerId): Promise<boolean> {
  const retired = await tx
    .update(customers)
    .set({ deletedAt: sql`clock_timestamp()`, conflict: null })
    .where(and(eq(customers.id, id), isNotNull(customers.missingAt), isNull(customers.deletedAt)))
    .returning()
  return retired.length === 1
}

/** How many customers a user has had and lost: part of the next one's idempotency key. */
export function countCustomers(userId: UserId): Promise<number> {
  return db().$count(customers, eq(customers.userId, userId))
}

/** Links a customer to its user. False when another request was faster with the same one. */
export async function insertCustomer(
  tx: Transaction,
  row: { id: CustomerId; userId: UserId; livemode: boolean },
): Promise<boolean> {
  const mine = { ...row, claimedUserId: row.userId }
  const inserted = await tx.insert(customers).values(mine).onConflictDoNothing().returning()
  return inserted.length === 1
}
