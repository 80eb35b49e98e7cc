import { and, desc, eq, sql } from 'drizzle-orm'
import { db, type Transaction } from '@/db/client'
import { reports } from '@/db/schema/reports'
import type { WorkspaceId } from '@/lib/ids'

export type Report = typeof reports.$inferSelect
export type NewReport = Pick<Report, 'workspaceId' | 'useKey' | 'title'>

const isOf = (workspaceId: WorkspaceId, useKey: string) =>
  and(eq(reports.workspaceId, workspaceId), eq(reports.useKey, useKey))

/** The report that this use was for; null when there is none yet. */
export async function findReport(workspaceId: WorkspaceId, useKey: string): Promise<Report | null> {
  const [row] = await db().select().from(reports).where(isOf(workspaceId, useKey))
  return row ?? null
}

/** Makes a report of a use, or finds the one that was made of it before. */
export async function ensureReport(given: NewReport): Promise<Report> {
  const row = { ...given, status: 'making' as const }
  const [made] = await db().insert(reports).values(row).onConflictDoNothing().returning()
  const report = made ?? (await findReport(given.workspaceId, given.useKey))
  if (!report) throw new Error('A report was neither made nor there.')
  return report
}

/** Whether this was the call that finished it. */
export async function finishReport(tx: Transaction, id: string): Promise<boolean> {
  const finished = await tx
    .update(reports)
    .set({ status: 'ready' })
    .where(and(eq(reports.id, id), eq(reports.status, 'making')))
    .returning({ id: reports.id })
  return finished.length > 0
}

/** Removes one that could not be counted. */
export async function deleteUnfinished(id: string): Promise<void> {
  await db()
    .delete(reports)
    .where(and(eq(reports.id, id), eq(reports.status, 'making')))
}

/** The finished reports of a workspace, the newest first. */
export function listReports(workspaceId: WorkspaceId, limit: number): Promise<Report[]> {
  return db()
    .select()
    .from(reports)
    .where(and(eq(reports.workspaceId, workspaceId), eq(reports.status, 'ready')))
    .orderBy(desc(reports.createdAt))
    .limit(limit)
}

/** How many were made on each day in UTC, the newest day first. */
export function countReportsByDay(workspaceId: WorkspaceId, days: number) {
  const day = sql<string>`to_char(${reports.createdAt} at time zone 'UTC', 'YYYY-MM-DD')`
  return db()
    .select({ day, made: sql<number>`count(*)::integer` })
    .from(reports)
    .where(and(eq(reports.workspaceId, workspaceId), eq(reports.status, 'ready')))
    .groupBy(day)
    .orderBy(desc(day))
    .limit(days)
}
