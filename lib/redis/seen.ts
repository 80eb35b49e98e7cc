import 'server-only'
import type { EventId } from '@/lib/ids'
import { Batches } from './batches'
import { type Store, store } from './client'
import { ofStore } from './of-store'

// Stripe retries a delivery for three days; a day more covers one that is sent again by hand.
const REMEMBERED_SECONDS = 4 * 24 * 60 * 60

// A lone event is remembered at once; in a burst one request does for all of a quarter of a second. What
// comes faster than a thousand in that time is not remembered: Postgres knows it.
const LIMITS = { everyMs: 250, most: 1_000 }

/**
 * Remembers that an event is committed in the database that `namespace` is the fingerprint of.
 * Call it only after the commit: what is remembered here is answered as a duplicate.
 * Never throws. Over once the request that carries it is: keep the process alive until then.
 */
export async function rememberCommitted(
  { namespace, eventId }: CommittedEvent,
  redis: Store = store(),
): Promise<void> {
  await remembering(redis).add(key(namespace, eventId))
}

/**
 * The same in the request of events before it that is about to be made: true, and nothing is left to wait for,
 * because their processes are kept alive for it. False when there is none.
 */
export function rememberAlong(
  { namespace, eventId }: CommittedEvent,
  redis: Store = store(),
): boolean {
  return remembering(redis).addAlong(key(namespace, eventId))
}

const remembering = ofStore(
  (redis) => new Batches((keys: readonly string[]) => rememberAll(redis, keys), LIMITS),
)

async function rememberAll(redis: Store, keys: readonly string[]): Promise<readonly unknown[]> {
  await redis.ask((client) => {
    const pipeline = client.pipeline()
    for (const each of new Set(keys)) pipeline.set(each, 1, { ex: REMEMBERED_SECONDS })
    return pipeline.exec()
  })
  return []
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
