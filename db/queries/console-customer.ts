import { and, asc, desc, eq, inArray, sql } from 'drizzle-orm'
import { db } from '@/db/client'
import {
  after,
  LISTED_ROW,
  type ListedRow,
  NEWEST_FIRST,
  type RowMark,
} from '@/db/queries/audit-page'
import { auditHeads, auditLog } from '@/db/schema/audit'
import { users } from '@/db/schema/auth'
import { customers } from '@/db/schema/billing'
import { checkoutIntents } from '@/db/schema/checkout'
import { outbox, syncTargets, webhookEvents } from '@/db/schema/events'
import { usageCounters } from '@/db/schema/usage'
import { memberships, workspaces } from '@/db/schema/workspaces'
import type { CustomerId, UserId, WorkspaceId } from '@/lib/ids'

export type WorkspaceFile = {
  workspace: typeof workspaces.$inferSelect
  /** Owners first, then by how long. */
  members: { userId: UserId; email: string; name: string | null; role: string }[]
  /** Every customer that it has or had, the living one first. */
  customers: (typeof customers.$inferSelect)[]
}

/** A workspace, who belongs to it, and its customers at Stripe; null where there is none. */
export async function findWorkspaceFile(workspaceId: WorkspaceId): Promise<WorkspaceFile | null> {
  const [[workspace], members, owned] = await Promise.all([
    db().select().from(workspaces).where(eq(workspaces.id, workspaceId)),
    db()
      .select({
        userId: users.id,
        email: users.email,
        name: users.name,
        role: memberships.role,
      })
      .from(memberships)
      .innerJoin(users, eq(users.id, memberships.userId))
      .where(eq(memberships.workspaceId, workspaceId))
      .orderBy(sql`${memberships.role} <> 'owner'`, asc(memberships.createdAt)),
    db()
      .select()
      .from(customers)
      .where(eq(customers.workspaceId, workspaceId))
      .orderBy(sql`${customers.deletedAt} is not null`, desc(customers.createdAt)),
  ])
  return workspace ? { workspace, members, customers: owned } : null
}

/** Where a customer stands with our reads of Stripe. */
export async function findTarget(key: string) {
  const [row] = await db().select().from(syncTargets).where(eq(syncTargets.key, key))
  return row ?? null
}

/** How many rows the chain of a scope has: it moves with everything that is done about it. */
export async function findHead(scope: string): Promise<number> {
  const [row] = await db()
    .select({ n: auditHeads.n })
    .from(auditHeads)
    .where(eq(auditHeads.scope, scope))
  return row?.n ?? 0
}

/** The newest rows of these chains, after one of them where it is given. */
export function listTrail(
  scopes: readonly string[],
  { before, limit }: { before: RowMark | null; limit: number },
): Promise<ListedRow[]> {
  return db()
    .select(LISTED_ROW)
    .from(auditLog)
    .where(and(inArray(auditLog.scope, [...scopes]), before ? after(before) : undefined))
    .orderBy(...NEWEST_FIRST)
    .limit(limit)
}

export type ReportedEvent = Pick<
  typeof webhookEvents.$inferSelect,
  'id' | 'type' | 'objectId' | 'state' | 'receivedAt' | 'doneAt' | 'stripeCreatedAt'
>

/** What Stripe reported of these customers from one instant until before another, the newest first. */
export function listTold(
  ids: readonly CustomerId[],
  { since, before, limit }: { since: string | null; before: string | null; limit: number },
): Promise<ReportedEvent[]> {
  const { id, type, objectId, state, receivedAt, doneAt, stripeCreatedAt } = webhookEvents
  return db()
    .select({ id, type, objectId, state, receivedAt, doneAt, stripeCreatedAt })
    .from(webhookEvents)
    .where(
      and(
        inArray(webhookEvents.customerId, [...ids]),
        since ? sql`${receivedAt} >= ${since}::timestamptz` : undefined,
        before ? sql`${receivedAt} < ${before}::timestamptz` : undefined,
      ),
    )
    .orderBy(desc(receivedAt))
    .limit(limit)
}

/** What was written about these customers or this workspace, the newest first. */
export function listMailsAbout(targets: readonly string[], limit: number) {
  return db()
    .select()
    .from(outbox)
    .where(and(inArray(outbox.targetKey, [...targets]), eq(outbox.kind, 'mail')))
    .orderBy(desc(outbox.createdAt))
    .limit(limit)
}

/** What a workspace tried to buy, the newest first. */
export function listIntents(workspaceId: WorkspaceId, limit: number) {
  return db()
    .select()
    .from(checkoutIntents)
    .where(eq(checkoutIntents.workspaceId, workspaceId))
    .orderBy(desc(checkoutIntents.createdAt))
    .limit(limit)
}

/** What a workspace used in its last periods, the newest first. */
export function listPeriods(workspaceId: WorkspaceId, limit: number) {
  return db()
    .select({ periodStart: usageCounters.periodStart, used: usageCounters.used })
    .from(usageCounters)
    .where(eq(usageCounters.workspaceId, workspaceId))
    .orderBy(desc(usageCounters.periodStart))
    .limit(limit)
}

/** The addresses of these users, those that are still here. */
export async function findAddresses(ids: readonly UserId[]): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map()
  const rows = await db()
    .select({ id: users.id, email: users.email })
    .from(users)
    .where(inArray(users.id, [...ids]))
  return new Map(rows.map(({ id, email }) => [id, email]))
}
