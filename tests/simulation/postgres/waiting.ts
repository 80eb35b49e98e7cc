import { sql } from 'drizzle-orm'
import { db } from '@/db/client'

/**
 * Resolves when so many wait for a lock in this database, which Postgres says itself, or when it is over.
 */
export async function untilWaiting(hands: number, over?: AbortSignal): Promise<void> {
  for (let waiting = 0; waiting < hands && !over?.aborted; ) {
    const [row] = await db().execute<{ n: number }>(sql`
      select count(*)::integer as n from pg_stat_activity
      where datname = current_database() and wait_event_type = 'Lock'`)
    waiting = row?.n ?? 0
  }
}

/** Whether it ends, well or not, without having waited for a lock. */
export async function isThroughAtOnce(work: Promise<unknown>): Promise<boolean> {
  const through = new AbortController()
  void work.catch(() => {}).finally(() => through.abort())
  await untilWaiting(1, through.signal)
  return through.signal.aborted
}
