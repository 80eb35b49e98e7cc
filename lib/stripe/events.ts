import type { EventId } from '@/lib/ids'
import { callStripe } from './call'
import { readEnvelope, type VerifiedEvent } from './envelope'

/**
 * What happened at Stripe between two instants, oldest first; Stripe remembers 30 days.
 * Stripe takes twenty types at most.
 */
export async function listEvents(range: {
  since: Date
  until: Date
  types?: readonly string[]
}): Promise<VerifiedEvent[]> {
  const { since, until, types } = range
  const events = await callStripe((stripe) =>
    stripe.events
      .list({
        created: { gte: unix(since), lte: unix(until) },
        ...(types ? { types: [...types] } : {}),
        limit: 100,
      })
      .autoPagingToArray({ limit: 10_000 }),
  )
  return events.map((event) => readEnvelope(JSON.stringify(event))).reverse()
}

/** @throws {NotFound} Stripe does not have it, or no longer */
export async function retrieveEvent(id: EventId): Promise<VerifiedEvent> {
  return readEnvelope(JSON.stringify(await callStripe((stripe) => stripe.events.retrieve(id))))
}

function unix(instant: Date): number {
  return Math.floor(instant.getTime() / 1000)
}
