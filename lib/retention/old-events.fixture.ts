import { eq, type SQL, sql } from 'drizzle-orm'
import { db } from '@/db/client'
import { webhookEvents } from '@/db/schema/events'
import { anEvent } from '@/lib/sync/one-customer.fixture'

type Over = Partial<typeof webhookEvents.$inferInsert>

export const daysAgo = (days: number) => sql`clock_timestamp() - make_interval(days => ${days})`

/** An event that was received so many days ago; what is returned reads its row. */
export async function event(days: number, over: Over = {}) {
  const [id = 'evt_none'] = await events(1, days, over)
  return async () => {
    const [row] = await db().select().from(webhookEvents).where(eq(webhookEvents.id, id))
    return row
  }
}

/** So many of them, in one statement; their ids. */
export async function events(count: number, days: number, over: Over = {}) {
  const values = Array.from({ length: count }, () => {
    const { id, type, payloadSha256, apiVersion } = anEvent()
    return {
      ...{ id, type, payloadSha256, apiVersion, livemode: false, state: 'done' as const },
      stripeCreatedAt: new Date(),
      receivedAt: daysAgo(days) as SQL<Date>,
      payload: '{"email":"ada@example.test"}',
      ...over,
    }
  })
  await db().insert(webhookEvents).values(values)
  return values.map(({ id }) => id)
}
