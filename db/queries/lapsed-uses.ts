import { and, eq, isNull, sql } from 'drizzle-orm'
import type { Transaction } from '@/db/client'
import { METER_EVENT } from '@/db/queries/meter-events'
import { rowsOf } from '@/db/rows-of'
import { outbox } from '@/db/schema/events'
import type { CustomerId } from '@/lib/ids'

/** `outbox.kind` of an event for Stripe's meters that Stripe takes no more. Nothing sends it; an operator closes it. */
export const LAPSED_USE = 'lapsed_use'

/** What a customer used of a meter and was not billed for. */
export type LapsedUses = {
  customerId: CustomerId
  eventName: string
  uses: number
  /** The first and the last minute of them: `2026-12-07T10:00Z`. */
  from: string
  to: string
}

/**
 * Gives up a meter event that is too old. False when another process has claimed it since.
 * @param error what an operator reads
 */
export async function lapse(
  tx: Transaction,
  { key, attempts }: { key: string; attempts: number },
  error: string,
): Promise<boolean> {
  const lapsed = await tx
    .update(outbox)
    .set({ kind: LAPSED_USE, lastError: error.slice(0, 500) })
    .where(
      and(
        eq(outbox.key, key),
        eq(outbox.kind, METER_EVENT),
        eq(outbox.attempts, attempts),
        isNull(outbox.deliveredAt),
      ),
    )
    .returning({ key: outbox.key })
  return lapsed.length === 1
}

/** What Stripe takes no more and no operator has closed, by customer and meter. */
export function listLapsedUses(limit: number): Promise<readonly LapsedUses[]> {
  return rowsOf<LapsedUses>(sql`
    select o.target_key as "customerId", o.payload->>'eventName' as "eventName",
      sum((o.payload->>'value')::bigint)::float8 as uses, min(o.payload->>'minute') as "from", max(o.payload->>'minute') as "to"
    from outbox o
    where o.kind = ${LAPSED_USE} and o.delivered_at is null
    group by o.target_key, o.payload->>'eventName' order by min(o.payload->>'minute'), 1 limit ${limit}`)
}

/** Closes all of them of a customer and a meter, and answers how many uses that were. */
export async function closeLapsedUses(
  tx: Transaction,
  { customerId, eventName }: Pick<LapsedUses, 'customerId' | 'eventName'>,
): Promise<number> {
  const closed = await tx
    .update(outbox)
    .set({ deliveredAt: sql`clock_timestamp()` })
    .where(
      and(
        eq(outbox.kind, LAPSED_USE),
        eq(outbox.targetKey, customerId),
        isNull(outbox.deliveredAt),
        sql`${outbox.payload} ->> 'eventName' = ${eventName}`,
      ),
    )
    .returning({ uses: sql<number>`(${outbox.payload} ->> 'value')::float8` })
  return closed.reduce((sum, { uses }) => sum + uses, 0)
}
