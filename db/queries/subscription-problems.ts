import { and, asc, inArray, isNull, or, sql } from 'drizzle-orm'
import { db } from '@/db/client'
import { subscriptions } from '@/db/schema/billing'

/** A living subscription that an operator may have to look at. */
export type SuspectSubscription = Awaited<ReturnType<typeof listSuspects>>[number]

/**
 * Living subscriptions that are not simply paid for: collection is paused, the status or the price at Stripe is
 * unknown, money went back or never came, or their customer has another one. Oldest first; at most 500.
 */
export function listSuspects() {
  const twice = db()
    .select({ id: subscriptions.customerId })
    .from(subscriptions)
    .where(isNull(subscriptions.endedAt))
    .groupBy(subscriptions.customerId)
    .having(sql`count(*) > 1`)
  return db()
    .select()
    .from(subscriptions)
    .where(
      and(
        isNull(subscriptions.endedAt),
        or(
          subscriptions.collectionPaused,
          isNull(subscriptions.tier),
          sql`${subscriptions.status} = 'unknown'`,
          inArray(subscriptions.payment, ['void', 'uncollectible', 'refunded', 'dispute_lost']),
          inArray(subscriptions.customerId, twice),
        ),
      ),
    )
    .orderBy(asc(subscriptions.stripeCreatedAt), asc(subscriptions.id))
    .limit(500)
}
