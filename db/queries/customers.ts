import { and, eq, isNull } from 'drizzle-orm'
import { db, type Transaction } from '@/db/client'
import { users } from '@/db/schema/auth'
import { customers } from '@/db/schema/billing'
import type { CustomerId, UserId } from '@/lib/ids'

/** The user's living Stripe customer; null before the first checkout. */
export async function findCustomerId(userId: UserId): Promise<CustomerId | null> {
  const [row] = await db()
    .select({ id: customers.id })
    .from(customers)
    .where(and(eq(customers.userId, userId), isNull(customers.deletedAt)))
  return row?.id ?? null
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
  const inserted = await tx.insert(customers).values(row).onConflictDoNothing().returning()
  return inserted.length === 1
}

/** What Stripe may know of a person: the address for receipts, and a name. */
export async function findPerson(userId: UserId) {
  const [row] = await db()
    .select({ email: users.email, name: users.name })
    .from(users)
    .where(eq(users.id, userId))
  return row ?? null
}
