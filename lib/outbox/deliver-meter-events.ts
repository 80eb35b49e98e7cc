import { z } from 'zod'
import { db } from '@/db/client'
import { claimEntries, markDelivered, markEntryFailed, type OutboxRow } from '@/db/queries/outbox'
import { type CustomerId, isCustomerId } from '@/lib/ids'
import { failureText, log } from '@/lib/log'
import { createMeterEvent } from '@/lib/stripe/meter-events'

// `outbox.kind` of a use for a meter at Stripe. `db/functions/note-counted.sql` writes it, with the count itself.
const METER_EVENT = 'meter_event'

/** Sends uses that are due to Stripe's meters, and answers how many went. Safe to run twice at once. */
export async function deliverMeterEvents(limit = 50): Promise<number> {
  const due = await claimEntries(METER_EVENT, limit)
  const done = await Promise.all(due.map(deliver))
  return done.filter(Boolean).length
}

const MeterEvent = z.object({
  eventName: z.string(),
  customerId: z.custom<CustomerId>(isCustomerId),
  value: z.int(),
  identifier: z.string(),
  at: z.coerce.date(),
})

async function deliver({ key, payload }: OutboxRow): Promise<boolean> {
  try {
    await createMeterEvent(MeterEvent.parse(payload))
    await markDelivered(db(), key)
    return true
  } catch (error) {
    await markEntryFailed(key, failureText(error))
    log.error({ entry: key, error: failureText(error) }, 'use not metered; it is tried again')
    return false
  }
}
