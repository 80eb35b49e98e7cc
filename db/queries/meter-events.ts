import { and, eq, isNotNull, isNull, sql } from 'drizzle-orm'
import { db } from '@/db/client'
import { rowsOf } from '@/db/rows-of'
import { outbox } from '@/db/schema/events'
import type { CustomerId } from '@/lib/ids'

/** `outbox.kind` of what Stripe's meters get. `gather_uses` writes it. */
export const METER_EVENT = 'meter_event'

/** Makes events for Stripe's meters of up to `limit` uses, and answers how many. Safe to run twice at once. */
export async function gatherUses(limit: number): Promise<number> {
  const [row] = await rowsOf<{ made: number }>(sql`select gather_uses(${limit}) as made`)
  return row?.made ?? 0
}

/**
 * Notes that an event is about to be sent, as of this instant of Stripe's clock. False when another process has
 * claimed it since, or has sent it: it is no longer ours to send.
 */
export async function noteSending(
  { key, attempts }: { key: string; attempts: number },
  firstSentAt: Date,
): Promise<boolean> {
  const noted = await db()
    .update(outbox)
    .set({
      payload: sql`${outbox.payload} || jsonb_build_object('firstSentAt', ${firstSentAt.toISOString()}::text)`,
    })
    .where(and(eq(outbox.key, key), eq(outbox.attempts, attempts), isNull(outbox.deliveredAt)))
    .returning({ key: outbox.key })
  return noted.length === 1
}

/** What Stripe has acknowledged of a customer's uses in one minute, by our records. */
export async function sumAcknowledged(of: {
  customerId: CustomerId
  eventName: string
  minute: string
}): Promise<number> {
  const [row] = await db()
    .select({ sum: sql<number>`coalesce(sum((${outbox.payload} ->> 'value')::bigint), 0)::float8` })
    .from(outbox)
    .where(
      and(
        eq(outbox.targetKey, of.customerId),
        eq(outbox.kind, METER_EVENT),
        isNotNull(outbox.deliveredAt),
        sql`${outbox.payload} ->> 'eventName' = ${of.eventName}`,
        sql`${outbox.payload} ->> 'minute' = ${of.minute}`,
      ),
    )
  return row?.sum ?? 0
}
