import { sql } from 'drizzle-orm'
import { db } from '@/db/client'
import { heartbeats } from '@/db/schema/events'

/** Records that a job ended now: well, or with the reason why not. */
export async function upsertHeartbeat(job: string, failure: string | null): Promise<void> {
  const now = sql`clock_timestamp()`
  const ended = failure === null ? { at: now, lastError: null } : failed(failure)
  await db()
    .insert(heartbeats)
    .values({ job, ...ended })
    .onConflictDoUpdate({ target: heartbeats.job, set: ended })
}

function failed(failure: string) {
  return { failedAt: sql`clock_timestamp()`, lastError: failure.slice(0, 500) }
}
