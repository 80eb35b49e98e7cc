import { eq } from 'drizzle-orm'
import { db } from '@/db/client'
import { ingestEvent } from '@/db/queries/ledger'
import { syncTargets, webhookEvents } from '@/db/schema/events'
import type { CustomerId, EventId } from '@/lib/ids'
import { anEvent, eventId } from '@/lib/sync/one-customer.fixture'

type Set = Partial<typeof webhookEvents.$inferInsert>

/** An event about a customer that is in the inbox, as it stands there. */
export async function arrived(customerId: CustomerId, set: Set = {}): Promise<EventId> {
  const id = eventId()
  const type = set.type ?? 'customer.subscription.updated'
  const payload = JSON.stringify({
    ...{ id, object: 'event', type, created: 1_800_000_000, livemode: false },
    data: { object: { object: 'subscription', id: 'sub_x', customer: customerId } },
  })
  await ingestEvent({ ...anEvent(), id, type, targetKey: customerId, customerId, payload })
  await db().update(syncTargets).set({ leaseUntil: null })
  if (Object.keys(set).length > 0)
    await db().update(webhookEvents).set(set).where(eq(webhookEvents.id, id))
  return id
}
