import type { PendingEvent } from '@/db/queries/claim'
import type { Change } from '@/db/queries/ledger'
import { FACTS } from '@/lib/events/handlers'
import type { CustomerId } from '@/lib/ids'

/**
 * The facts that waiting events tell, under natural keys: two events for one fact, or one
 * event twice, name the same fact. The attempt belongs to a failed payment's key, because
 * each failed attempt is a fact of its own.
 */
export function factsOf(events: PendingEvent[], customerId: CustomerId): Change['facts'] {
  return events.flatMap(({ id, type, objectId, attempt }) => {
    const kind = FACTS.get(type)
    if (!kind || !objectId) return []
    const key = kind.perAttempt ? `${type}:${objectId}:${attempt ?? 0}` : `${type}:${objectId}`
    return [{ key, kind: type, objectId, customerId, eventId: id }]
  })
}
