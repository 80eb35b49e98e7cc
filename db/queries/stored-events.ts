import { eq, sql } from 'drizzle-orm'
import { db } from '@/db/client'
import { type Claim, claimFromJson } from '@/db/queries/claim'
import type { AuditActor } from '@/db/schema/audit'
import { webhookEvents } from '@/db/schema/events'
import type { EventId } from '@/lib/ids'

export type StoredEvent = typeof webhookEvents.$inferSelect

/** An event of the inbox, whatever became of it. */
export async function findEvent(id: EventId): Promise<StoredEvent | null> {
  const [row] = await db().select().from(webhookEvents).where(eq(webhookEvents.id, id))
  return row ?? null
}

/** Replays an event under `target`, with its audit row. False when there is none of this id. */
export async function replayStored(
  event: { id: EventId; target: string },
  actor: AuditActor,
  reason: string,
): Promise<boolean> {
  const [row] = await db().execute<{ answer: boolean }>(sql`select replay_event(
    ${event.id}, ${event.target}, ${JSON.stringify(actor)}::jsonb, ${reason}) as answer`)
  return row?.answer ?? false
}

/** What a claim of this target would carry, without taking it: for a look that changes nothing. */
export async function peekClaim(key: string): Promise<Claim> {
  const [row] = await db().execute<{ answer: unknown }>(sql`
    select claim_of(asked.key, 0, coalesce(t.dirty_seq, 0), coalesce(t.attempts, 0), 0) as answer
    from (select ${key}::text as key) asked left join sync_targets t on t.key = asked.key`)
  return claimFromJson(row?.answer)
}
