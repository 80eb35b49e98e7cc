import { and, eq, isNull } from 'drizzle-orm'
import { db } from '@/db/client'
import type { SubscriptionRow } from '@/db/queries/claim'
import { users } from '@/db/schema/auth'
import { customers, subscriptions } from '@/db/schema/billing'
import type { CustomerId, SubscriptionId } from '@/lib/ids'

/** The address of the person behind a living customer; null when nobody here is. */
export async function findReader(customerId: CustomerId): Promise<string | null> {
  const [row] = await db()
    .select({ email: users.email })
    .from(customers)
    .innerJoin(users, eq(users.id, customers.userId))
    .where(and(eq(customers.id, customerId), isNull(customers.deletedAt)))
  return row?.email ?? null
}

/** One subscription as our records have it. */
export async function findSubscription(id: SubscriptionId): Promise<SubscriptionRow | null> {
  const [row] = await db().select().from(subscriptions).where(eq(subscriptions.id, id))
  return row ?? null
}

/** Every subscription of a customer, as our records have them. */
export function listSubscriptionsOf(customerId: CustomerId): Promise<SubscriptionRow[]> {
  return db().select().from(subscriptions).where(eq(subscriptions.customerId, customerId))
}
