import { findFacts } from '@/db/queries/facts'
import { findEvent, peekClaim } from '@/db/queries/stored-events'
import type { Actor } from '@/lib/audit/actor'
import type { EventId } from '@/lib/ids'
import { changeOf } from '@/lib/sync/change-of'
import type { SyncPorts } from '@/lib/sync/ports'
import { targetOfStored } from './replay'

/** What replaying an event would do. */
export type Rehearsal = {
  target: string
  state: string
  /** What would change in the records: the audit rows that would be written. */
  changes: { action: string; before: object | null; after: object | null }[]
  /** Facts that are not recorded yet. */
  facts: string[]
  /** Emails and alarms that would go out. */
  outbox: string[]
  /** The targets that would be read next. */
  marks: string[]
  /** What could not be recorded. */
  failures: string[]
}

/**
 * Shows what `replayEvent` would do now, and does none of it: Stripe is read, nothing is written
 * and no lease is taken.
 * @throws {NotFound | Conflict} as a replay would
 */
export async function rehearseReplay(
  ports: SyncPorts,
  actor: Actor,
  id: EventId,
): Promise<Rehearsal> {
  const target = await targetOfStored(id)
  const [stored, claim] = await Promise.all([findEvent(id), peekClaim(target)])
  const { type = '', objectId = null, attempt = null, state = '' } = stored ?? {}
  const others = claim.events.filter((event) => event.id !== id)
  const events = [...others, { id, type, objectId, attempt, tries: 0 }]
  const change = await changeOf(ports, { ...claim, events }, actor, false)
  const known = await findFacts(change.facts.map(({ key }) => key))
  return {
    target,
    state,
    changes: change.audits.map(({ action, before, after }) => ({ action, before, after })),
    facts: change.facts.flatMap(({ key }) => (known.has(key) ? [] : [key])),
    outbox: change.outbox.flatMap(({ key }) => (known.has(factOf(key)) ? [] : [key])),
    marks: change.marks,
    failures: change.failures.map(({ eventId, error }) => `${eventId}: ${error}`),
  }
}

// An entry is named after its fact, and stands in the outbox since the fact is known.
function factOf(entryKey: string): string {
  return entryKey.replace(/^(notification|collect):/, '')
}
