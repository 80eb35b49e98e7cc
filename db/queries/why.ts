import { asc, eq, sql } from 'drizzle-orm'
import { db } from '@/db/client'
import { auditLog } from '@/db/schema/audit'
import { customers } from '@/db/schema/billing'
import { webhookEvents } from '@/db/schema/events'
import type { EventId, WorkspaceId } from '@/lib/ids'

/**
 * What the audit trail says of a workspace's access, oldest first: in the chains of all customers
 * that it had, and in its own.
 */
export function listAccessTrail(workspaceId: WorkspaceId) {
  const own = db()
    .select({ id: customers.id })
    .from(customers)
    .where(eq(customers.workspaceId, workspaceId))
  // One array, read before: of an `or` with a subquery Postgres can only filter the whole trail.
  const scopes = sql`array(${own}) || ${`workspace:${workspaceId}`}::text`
  return db()
    .select()
    .from(auditLog)
    .where(sql`${auditLog.scope} = any(${scopes})`)
    .orderBy(asc(auditLog.at), asc(auditLog.scope), asc(auditLog.n))
}

/** What the inbox has of these events, without their payloads. An event of which nothing is kept is not among them. */
export function listReceived(ids: readonly EventId[]) {
  const { id, type, stripeCreatedAt, receivedAt } = webhookEvents
  return db()
    .select({ id, type, stripeCreatedAt, receivedAt })
    .from(webhookEvents)
    .where(sql`${id} = any(${sql.param([...ids])}::text[])`)
}
