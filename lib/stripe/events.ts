import { toUnix } from '@/lib/clock'
import type { EventId } from '@/lib/ids'
import { callStripe } from './call'
import { readEnvelope, type VerifiedEvent } from './envelope'

export type EventRange = {
  /** Whole seconds, both included. */
  since: Date
  until: Date
  /** Stripe takes twenty at most. */
  types?: readonly string[]
  /** With more than these the older ones are left out; 10,000 when not given, which is the SDK's most. */
  limit?: number
}

/** What happened at Stripe between two instants, oldest first; Stripe remembers 30 days. */
export async function listEvents(range: EventRange): Promise<VerifiedEvent[]> {
  const { since, until, types, limit = 10_000 } = range
  const events = await callStripe((stripe) =>
    stripe.events
      .list({
        created: { gte: toUnix(since), lte: toUnix(until) },
        ...(types ? { types: [...types] } : {}),
        limit: 100,
      })
      .autoPagingToArray({ limit }),
  )
  // The SDK's decimals write themselves as the text that a webhook carries.
  return events.map((event) => readEnvelope(JSON.stringify(event))).reverse()
}

/** @throws {NotFound} Stripe does not have it, or no longer */
export async function retrieveEvent(id: EventId): Promise<VerifiedEvent> {
  return readEnvelope(JSON.stringify(await callStripe((stripe) => stripe.events.retrieve(id))))
}
