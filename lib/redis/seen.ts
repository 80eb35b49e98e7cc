import 'server-only'
import type { EventId } from '@/lib/ids'
import { type Store, store } from './client'

// Stripe retries a delivery for three days; a day more covers one that is sent again by hand.
const REMEMBERED_SECONDS = 4 * 24 * 60 * 60

/**
 * Remembers that an event is committed in the database that `namespace` is the fingerprint of.
 * Call it only after the commit: what is remembered here is answered as a duplicate.
 * Never throws; wait for it or not.
 */
export async function rememberCommitted(
  { namespace, eventId }: CommittedEvent,
  redis: Store = store(),
): Promise<void> {
  await redis.ask((client) => client.set(key(namespace, eventId), 1, { ex: REMEMBERED_SECONDS }))
}

/**
 * True only when Redis remembers the event. False says nothing: it may be new, forgotten, or
 * Redis may not have answered in time. Never throws.
 */
export async function isCommitted(
  { namespace, eventId }: CommittedEvent,
  redis: Store = store(),
): Promise<boolean> {
  const answer = await redis.ask((client) => client.get(key(namespace, eventId)))
  return answer.ok && answer.value === 1
}

export type CommittedEvent = { namespace: string; eventId: EventId }

// Two databases may share one Redis (preview deployments do); neither may speak for the other.
const key = (namespace: string, eventId: EventId) => `${namespace}:done:${eventId}`
