import type { NewEvent } from '@/db/queries/ledger'
import type { MemoryTables } from '@/scripts/sim/memory-tables'

/** The inbox is complete, each event is in it once and none waits; nothing is dirty; the checkout is closed. */
export function settled(made: NewEvent[], tables: MemoryTables): string[] {
  const { events, eventById, targets, intents } = tables
  const wrong = made
    .filter(({ id }) => !eventById.has(id))
    .map(({ id }) => `${id} is not in the inbox.`)
  if (events.length > eventById.size) wrong.push('An event was stored twice.')
  for (const { id, state, targetKey } of events) {
    if (state !== (targetKey === null ? 'ignored' : 'done')) wrong.push(`${id} is still ${state}.`)
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
