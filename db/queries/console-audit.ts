import { and, desc, eq, lt, sql } from 'drizzle-orm'
import { db } from '@/db/client'
import type { AuditRow } from '@/db/queries/audit'
import {
  after,
  LISTED_ROW,
  type ListedRow,
  NEWEST_FIRST,
  type RowMark,
} from '@/db/queries/audit-page'
import { LAPSED_USE } from '@/db/queries/lapsed-uses'
import { auditLog } from '@/db/schema/audit'
import { customers } from '@/db/schema/billing'
import { outbox, syncTargets } from '@/db/schema/events'
import type { WorkspaceId } from '@/lib/ids'

/** Which rows of the trail a list is of: all, those of one action, of one chain, or what operators did. */
export type AuditFilter = {
  action: string | null
  scope: string | null
  operators: boolean
  /** The last row of the page before. */
  before: RowMark | null
}

/** A page of the trail, the newest first. */
export function listAuditPage(filter: AuditFilter, limit: number): Promise<ListedRow[]> {
  const { action, scope, operators, before } = filter
  return (
    db()
      .select(LISTED_ROW)
      .from(auditLog)
      .where(
        and(
          action ? eq(auditLog.action, action) : undefined,
          scope ? eq(auditLog.scope, scope) : undefined,
          // Written out, so that the partial index fits.
          operators ? sql`${auditLog.actor} ->> 'type' = 'operator'` : undefined,
          before ? (scope ? lt(auditLog.n, before.n) : after(before)) : undefined,
        ),
      )
      // Of one chain by its numbers, which its key gives in order.
      .orderBy(...(scope ? [desc(auditLog.n)] : NEWEST_FIRST))
      .limit(limit)
  )
}

export type FoundDrift = Pick<AuditRow, 'scope' | 'n' | 'at' | 'before' | 'after'> & {
  workspaceId: WorkspaceId | null
  /** When Stripe was last read for it; null: never. */
  lastSyncedAt: Date | null
  behind: boolean
}

/** What the scans found that was not as Stripe says, the newest first, and where each customer stands now. */
export function listDrift(limit: number): Promise<FoundDrift[]> {
  return db()
    .select({
      scope: auditLog.scope,
      n: auditLog.n,
      at: auditLog.at,
      before: auditLog.before,
      after: auditLog.after,
      workspaceId: customers.workspaceId,
      lastSyncedAt: syncTargets.lastSyncedAt,
      behind: sql<boolean>`coalesce(${syncTargets.dirtySeq} > ${syncTargets.syncedSeq}, false)`,
    })
    .from(auditLog)
    .leftJoin(customers, sql`${customers.id} = ${auditLog.scope}`)
    .leftJoin(syncTargets, eq(syncTargets.key, auditLog.scope))
    .where(eq(auditLog.action, 'drift.detect'))
    .orderBy(desc(auditLog.at))
    .limit(limit)
}

export type OutboxEntry = Pick<
  typeof outbox.$inferSelect,
  | 'key'
  | 'kind'
  | 'targetKey'
  | 'createdAt'
  | 'nextRunAt'
  | 'attempts'
  | 'lastError'
  | 'deliveredAt'
>

const ENTRY = {
  key: outbox.key,
  kind: outbox.kind,
  targetKey: outbox.targetKey,
  createdAt: outbox.createdAt,
  nextRunAt: outbox.nextRunAt,
  attempts: outbox.attempts,
  lastError: outbox.lastError,
  deliveredAt: outbox.deliveredAt,
}

/** What waits to go out, the most overdue first. Not what Stripe takes no more, which waits for an operator. */
export function listWaitingEntries(limit: number): Promise<OutboxEntry[]> {
  return db()
    .select(ENTRY)
    .from(outbox)
    .where(sql`${outbox.deliveredAt} is null and ${outbox.kind} <> ${LAPSED_USE}`)
    .orderBy(outbox.nextRunAt)
    .limit(limit)
}

/** What was put there last, gone out or not. */
export function listNewestEntries(limit: number): Promise<OutboxEntry[]> {
  return db().select(ENTRY).from(outbox).orderBy(desc(outbox.createdAt)).limit(limit)
}
