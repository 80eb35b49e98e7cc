import { and, asc, eq, isNull } from 'drizzle-orm'
import { db } from '@/db/client'
import type { SubscriptionRow } from '@/db/queries/claim'
import { users } from '@/db/schema/auth'
import { customers, subscriptions } from '@/db/schema/billing'
import { memberships, workspaces } from '@/db/schema/workspaces'
import type { CustomerId, SubscriptionId, UserId, WorkspaceId } from '@/lib/ids'

/** Who reads what is written to a customer. */
export type Reader = { userId: UserId; email: string }

// Owners of one team, not a mailing list: each of them gets every email about its money.
const MOST_READERS = 10

/** The owners of the workspace behind a living customer, those of longest standing first; none when nobody here is. */
export function listReaders(customerId: CustomerId): Promise<Reader[]> {
  return db()
    .select({ userId: users.id, email: users.email })
    .from(customers)
    .innerJoin(memberships, eq(memberships.workspaceId, customers.workspaceId))
    .innerJoin(users, eq(users.id, memberships.userId))
    .where(
      and(eq(customers.id, customerId), isNull(customers.deletedAt), eq(memberships.role, 'owner')),
    )
    .orderBy(asc(memberships.createdAt), asc(memberships.userId))
    .limit(MOST_READERS)
}

/** The owners of a workspace, those of longest standing first. */
export function listOwners(workspaceId: WorkspaceId): Promise<Reader[]> {
  return db()
    .select({ userId: users.id, email: users.email })
    .from(memberships)
    .innerJoin(users, eq(users.id, memberships.userId))
    .where(and(eq(memberships.workspaceId, workspaceId), eq(memberships.role, 'owner')))
    .orderBy(asc(memberships.createdAt), asc(memberships.userId))
    .limit(MOST_READERS)
}

/** The user whose own workspace a living customer is of; null for a team's, whose details are nobody's own. */
export async function findPersonalUser(customerId: CustomerId): Promise<UserId | null> {
  const [row] = await db()
    .select({ userId: memberships.userId })
    .from(customers)
    .innerJoin(workspaces, eq(workspaces.id, customers.workspaceId))
    .innerJoin(memberships, eq(memberships.workspaceId, workspaces.id))
    .where(
      and(
        eq(customers.id, customerId),
        isNull(customers.deletedAt),
        eq(workspaces.kind, 'personal'),
      ),
    )
  return row?.userId ?? null
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
