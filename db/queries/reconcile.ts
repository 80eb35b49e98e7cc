import { and, eq, inArray, sql } from 'drizzle-orm'
import { db } from '@/db/client'
import type { Claim } from '@/db/queries/claim'
import { reconcileCursors, syncTargets, webhookEvents } from '@/db/schema/events'
import type { EventId } from '@/lib/ids'

/** How far a job has read, in business time. */
export type Progress = {
  /** The instant up to which it has; null when nothing is left over from a run before. */
  readTo: Date | null
  /** When it read that. */
  at: Date
}

export type ProgressName = 'events' | 'subscriptions'

export async function findProgress(name: ProgressName): Promise<Progress | null> {
  const [row] = await db().select().from(reconcileCursors).where(eq(reconcileCursors.name, name))
  return row?.lastRunAt ? { readTo: row.lastEventCreatedAt, at: row.lastRunAt } : null
}

/** `forwards`: of two runs at once, the one that has come further is believed. */
export async function saveProgress(
  name: ProgressName,
  { readTo, at }: Progress,
  { forwards }: { forwards: boolean },
): Promise<void> {
  const set = { lastEventCreatedAt: readTo, lastRunAt: at }
  const { lastEventCreatedAt: kept } = reconcileCursors
  const further = readTo && sql`${kept} is null or ${kept} <= ${readTo.toISOString()}`
  await db()
    .insert(reconcileCursors)
    .values({ name, ...set })
    .onConflictDoUpdate({
      target: reconcileCursors.name,
      set,
      setWhere: (forwards ? further : null) ?? sql`true`,
    })
}

/** Which of these events the inbox has. */
export async function listStored(ids: readonly EventId[]): Promise<ReadonlySet<EventId>> {
  const rows = await db()
    .select({ id: webhookEvents.id })
    .from(webhookEvents)
    .where(inArray(webhookEvents.id, [...ids]))
  return new Set(rows.map(({ id }) => id))
}

/** Gives a lease back unused: its target is due as if it had never been claimed. */
export async function releaseTarget({ key, fence }: Claim): Promise<void> {
  const { nextRunAt, waiting } = syncTargets
  await db()
    .update(syncTargets)
    .set({
      leaseUntil: null,
      waiting: false,
      // Who waits out the window has not begun a new one.
      nextRunAt: sql`case when ${waiting} then ${nextRunAt} else clock_timestamp() end`,
    })
    .where(and(eq(syncTargets.key, key), eq(syncTargets.fence, fence)))
}
