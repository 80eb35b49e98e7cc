import { eq } from 'drizzle-orm'
import { db } from '@/db/client'
import type { SubscriptionRow } from '@/db/queries/claim'
import { subscriptions } from '@/db/schema/billing'
import type { CustomerId, SubscriptionId } from '@/lib/ids'

/** One subscription as our records have it. */
export async function findSubscription(id: SubscriptionId): Promise<SubscriptionRow | null> {
  const [row] = await db().select().from(subscriptions).where(eq(subscriptions.id, id))
  return row ?? null
}

/** Every subscription of a customer, as our records have them. */
export function listSubscriptionsOf(customerId: CustomerId): Promise<SubscriptionRow[]> {
  return db().select().from(subscriptions).where(eq(subscriptions.customerId, customerId))
}
