import type { NewEvent } from '@/db/queries/ledger'
import type { EventRow } from '@/tests/simulation/memory-tables'
import type { World } from '@/tests/simulation/world'

/**
 * The inbox is complete, each event is in it once and none waits; an event that could not be recorded was given up;
 * nothing is dirty; the checkout is closed.
 */
export function settled(made: NewEvent[], { ledger: { tables }, hopeless }: World): string[] {
  const { events, eventById, targets, intents } = tables
  const wrong = made
    .filter(({ id }) => !eventById.has(id))
    .map(({ id }) => `${id} is not in the inbox.`)
  if (events.length > eventById.size) wrong.push('An event was stored twice.')
  const due = ({ id, targetKey }: EventRow): EventRow['state'] => {
    if (targetKey === null) return 'ignored'
    return hopeless.has(id) ? 'dead' : 'done'
  }
  for (const event of events) {
    if (event.state !== due(event)) wrong.push(`${event.id} is still ${event.state}.`)
  }
  for (const { key, dirtySeq, syncedSeq } of targets.values()) {
    if (dirtySeq !== syncedSeq) wrong.push(`${key} is still dirty.`)
  }
  const paid = made.some(({ type }) => type === 'checkout.session.completed')
  for (const { sessionId, state } of intents) {
    if (paid !== (state === 'completed')) wrong.push(`${sessionId} is ${state}.`)
  }
  return wrong
}
