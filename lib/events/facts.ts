import type { PendingEvent } from '@/db/queries/claim'
import type { Change, Fact } from '@/db/queries/ledger'
import type { CustomerId } from '@/lib/ids'
import { failure } from './failures'
import { FACTS } from './handlers'

/**
 * The facts that waiting events report, under natural keys: two events for one fact, or one
 * event twice, name the same fact. The attempt belongs to a failed payment's key, and the day to a
 * trial's, because each failed attempt and each announced end is a fact of its own. An event whose fact
 * cannot be recorded is a failure; after eight of them it is dead, and the others never wait for it.
 */
export function factsOf(
  events: PendingEvent[],
  customerId: CustomerId | null,
): Pick<Change, 'facts' | 'failures'> {
  const facts: Fact[] = []
  const failures: Change['failures'] = []
  for (const event of events) {
    const kind = FACTS.get(event.type)
    if (!kind) continue
    const key = keyOf(event, kind)
    if (!key) failures.push(failure(event, `${event.type} names no object.`))
    else facts.push({ ...key, kind: event.type, customerId, eventId: event.id })
  }
  return { facts, failures }
}

function keyOf({ type, objectId, attempt }: PendingEvent, { perAttempt }: { perAttempt: boolean }) {
  if (!objectId) return null
  return { objectId, key: `${type}:${objectId}${perAttempt ? `:${attempt ?? 0}` : ''}` }
}
