import { and, eq, notExists, sql } from 'drizzle-orm'
import { alias } from 'drizzle-orm/pg-core'
import { db } from '@/db/client'
import { customers } from '@/db/schema/billing'
import { billingFacts } from '@/db/schema/events'
import type { WorkspaceId } from '@/lib/ids'

/** Whether a payment of this workspace's is disputed at its bank, and nothing is decided yet. */
export async function hasOpenDispute(workspaceId: WorkspaceId): Promise<boolean> {
  const closed = alias(billingFacts, 'closed')
  const [found] = await db()
    .select({ key: billingFacts.key })
    .from(billingFacts)
    .innerJoin(customers, eq(customers.id, billingFacts.customerId))
    .where(
      and(
        eq(customers.workspaceId, workspaceId),
        eq(billingFacts.kind, 'charge.dispute.created'),
        notExists(
          db()
            .select({ key: closed.key })
            .from(closed)
            .where(eq(closed.key, sql`'charge.dispute.closed:' || ${billingFacts.objectId}`)),
        ),
      ),
    )
    .limit(1)
  return found !== undefined
}
