import { and, asc, eq, sql } from 'drizzle-orm'
import { db, type Transaction } from '@/db/client'
import { type AuditActor, auditLog } from '@/db/schema/audit'
import type { AuditAction } from '@/lib/audit-action'
import type { EventId } from '@/lib/ids'

export type AuditEntry = {
  /** The chain: a customer's id, or `user:…` and `workspace:…` before there is a customer. */
  scope: string
  action: AuditAction
  before?: Record<string, unknown>
  after?: Record<string, unknown>
  eventIds?: EventId[]
}

export type AuditRow = typeof auditLog.$inferSelect

/**
 * Appends to the chain inside the caller's transaction, by the same SQL function as a sync.
 * @returns the row's number in its chain
 */
export async function appendAudit(
  tx: Transaction,
  actor: AuditActor,
  entry: AuditEntry,
): Promise<number> {
  const [row] = await tx.execute<{ n: string }>(sql`select append_audit(
    ${entry.scope}, ${json(actor)}::jsonb, ${entry.action}, ${json(entry.before)}::jsonb,
    ${json(entry.after)}::jsonb, ${sql.param(entry.eventIds ?? [])}::text[]) as n`)
  return Number(row?.n)
}

/** Whether an entry with this action and this `after` stands in the scope already. */
export async function hasAudit(
  tx: Transaction,
  { scope, action, after }: Pick<AuditEntry, 'scope' | 'action' | 'after'>,
): Promise<boolean> {
  const [found] = await tx
    .select({ n: auditLog.n })
    .from(auditLog)
    .where(
      and(
        eq(auditLog.scope, scope),
        eq(auditLog.action, action),
        sql`${auditLog.after} = ${json(after)}::jsonb`,
      ),
    )
    .limit(1)
  return found !== undefined
}

/** One row of a chain. */
export async function findAuditRow(scope: string, n: number): Promise<AuditRow | null> {
  const [row] = await db()
    .select()
    .from(auditLog)
    .where(and(eq(auditLog.scope, scope), eq(auditLog.n, n)))
  return row ?? null
}

/** A scope's chain, oldest first. */
export function listAudit(scope: string): Promise<AuditRow[]> {
  return db().select().from(auditLog).where(eq(auditLog.scope, scope)).orderBy(asc(auditLog.n))
}

function json(value: object | undefined): string | null {
  return value ? JSON.stringify(value) : null
}
