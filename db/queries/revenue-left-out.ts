import { eq, isNotNull, sql } from 'drizzle-orm'
import { db, type Transaction } from '@/db/client'
import type { Unread } from '@/db/queries/ledger'
import { rowsOf } from '@/db/rows-of'
import { revenueLeftOut } from '@/db/schema/revenue'
import { type CustomerId, type EventId, isEventId } from '@/lib/ids'

/** `none`: nothing is due. */
export type LeftOut = 'noted' | 'failed' | 'none'

/** Counts the oldest that was left out of the revenue and is due. Safe to run twice at once. */
export async function noteLeftOut(): Promise<LeftOut> {
  const [row] = await rowsOf<{ said: LeftOut }>(sql`select note_left_out() as said`)
  return row?.said ?? 'none'
}

/** What is in no figure of the revenue yet. */
export type LeftOutEntry = {
  id: number
  customerId: CustomerId
  /** What could not be read; null where it was read, and waits to be counted. */
  source: Unread['source'] | null
  error: string
  leftAt: Date
  attempts: number
  nextRunAt: Date
}

/** The oldest of it, what could not be read first. */
export async function listLeftOut(limit: number): Promise<LeftOutEntry[]> {
  return db()
    .select({
      id: revenueLeftOut.id,
      customerId: revenueLeftOut.customerId,
      source: revenueLeftOut.source,
      error: revenueLeftOut.error,
      leftAt: revenueLeftOut.leftAt,
      attempts: revenueLeftOut.attempts,
      nextRunAt: revenueLeftOut.nextRunAt,
    })
    .from(revenueLeftOut)
    .orderBy(sql`${revenueLeftOut.source} is null`, revenueLeftOut.leftAt)
    .limit(limit)
}

/** The events that could not be read, the oldest first. */
export async function listUnreadEvents(limit: number): Promise<EventId[]> {
  const rows = await db()
    .select({ source: revenueLeftOut.source })
    .from(revenueLeftOut)
    .where(isNotNull(revenueLeftOut.source))
    .orderBy(revenueLeftOut.leftAt)
    .limit(limit)
  return rows.flatMap(({ source }) => (isEventId(source) ? [source] : []))
}

/** Removes one: it is in no figure, and will be in none. */
export async function removeLeftOut(tx: Transaction, id: number): Promise<void> {
  await tx.delete(revenueLeftOut).where(eq(revenueLeftOut.id, id))
}
