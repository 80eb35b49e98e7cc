import { and, asc, eq, exists, isNotNull, isNull, sql } from 'drizzle-orm'
import { alias } from 'drizzle-orm/pg-core'
import { db } from '@/db/client'
import type { CustomerRow } from '@/db/queries/claim'
import { customers, subscriptions } from '@/db/schema/billing'
import type { CustomerId } from '@/lib/ids'

/** A customer that an operator has to look at, and why. */
export type CustomerProblem = CustomerRow & {
  /** The living customer of the workspace that it names, if that has another. */
  keeps: CustomerId | null
  /** Whether our records have a living subscription of it. */
  pays: boolean
}

/** Customers that name a workspace not their own, or are missing at Stripe. Not those given up or deleted. */
export function listProblems(id: CustomerId | null = null): Promise<CustomerProblem[]> {
  const other = alias(customers, 'other')
  const living = db()
    .select({ one: sql`1` })
    .from(subscriptions)
    .where(and(eq(subscriptions.customerId, customers.id), isNull(subscriptions.endedAt)))
  return db()
    .select({
      ...COLUMNS,
      keeps: other.id,
      pays: sql<boolean>`${exists(living)}`,
    })
    .from(customers)
    .leftJoin(
      other,
      and(
        eq(customers.conflict, 'workspace_has_another'),
        eq(other.workspaceId, customers.claimedWorkspaceId),
        isNull(other.deletedAt),
      ),
    )
    .where(
      and(
        sql`(${isNotNull(customers.conflict)} or ${isNotNull(customers.missingAt)})`,
        isNull(customers.deletedAt),
        id ? eq(customers.id, id) : undefined,
      ),
    )
    .orderBy(asc(customers.createdAt))
}

const COLUMNS = {
  id: customers.id,
  workspaceId: customers.workspaceId,
  livemode: customers.livemode,
  createdAt: customers.createdAt,
  deletedAt: customers.deletedAt,
  claimedWorkspaceId: customers.claimedWorkspaceId,
  conflict: customers.conflict,
  missingAt: customers.missingAt,
  doubtedAt: customers.doubtedAt,
  erasedAt: customers.erasedAt,
}
