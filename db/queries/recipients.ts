import { and, asc, eq, isNull } from 'drizzle-orm'
import { db } from '@/db/client'
import { users } from '@/db/schema/auth'
import { customers } from '@/db/schema/billing'
import { memberships } from '@/db/schema/workspaces'
import type { CustomerId, UserId, WorkspaceId } from '@/lib/ids'

/** A user to whom an email about a workspace goes. */
export type Recipient = { userId: UserId; email: string }

// Owners of one team, not a mailing list: each of them gets every email about its money.
const MOST = 10

/** The owners of the workspace behind a living customer, the earliest members first; none without a workspace. */
export function listRecipients(customerId: CustomerId): Promise<Recipient[]> {
  return db()
    .select({ userId: users.id, email: users.email })
    .from(customers)
    .innerJoin(memberships, eq(memberships.workspaceId, customers.workspaceId))
    .innerJoin(users, eq(users.id, memberships.userId))
    .where(
      and(eq(customers.id, customerId), isNull(customers.deletedAt), eq(memberships.role, 'owner')),
    )
    .orderBy(asc(memberships.createdAt), asc(memberships.userId))
    .limit(MOST)
}

/** The owners of a workspace, the earliest members first. */
export function listOwners(workspaceId: WorkspaceId): Promise<Recipient[]> {
  return db()
    .select({ userId: users.id, email: users.email })
    .from(memberships)
    .innerJoin(users, eq(users.id, memberships.userId))
    .where(and(eq(memberships.workspaceId, workspaceId), eq(memberships.role, 'owner')))
    .orderBy(asc(memberships.createdAt), asc(memberships.userId))
    .limit(MOST)
}
