import type { Claim } from '@/db/queries/claim'
import type { Change } from '@/db/queries/ledger'
import type { Guards } from './guards'
import type { AuditRow, MemoryTables } from './memory-tables'

/**
 * What a commit writes besides its target: subscriptions, entitlement, outbox, intents, facts,
 * audit rows, and "done" for the events that the claim carried. Answers the entitlement's fence.
 */
export function write(
  tables: MemoryTables,
  guards: Guards,
  { key, fence, events }: Claim,
  change: Change,
  at: number,
  settled: { audits: AuditRow[]; outbox: Change['outbox'] } | null,
): number | null {
  const now = new Date(at)
  let written: number | null = null
  for (const row of change.subscriptions) {
    tables.subscriptions.set(row.id, { ...row, fence, syncedAt: now })
  }
  if (change.entitlement) {
    const { workspaceId } = change.entitlement
    const last = tables.entitlements.get(workspaceId)?.fence ?? 0
    const version = { fence: Math.max(fence, last + 1), computedAt: now }
    tables.entitlements.set(workspaceId, { ...change.entitlement, ...version })
    written = version.fence
  }
  for (const entry of [...(settled?.outbox ?? []), ...change.outbox]) {
    putOut(tables, guards, entry, key, at)
  }
  for (const { sessionId, state } of change.intents) {
    const intent = tables.intents.find((each) => each.sessionId === sessionId)
    if (intent?.state === 'open') intent.state = state
  }
  const failed = new Set(guards.failuresWait ? change.failures.map(({ eventId }) => eventId) : [])
  for (const { id } of events) {
    const event = tables.eventById.get(id)
    if (event?.state === 'pending' && !failed.has(id)) event.state = 'done'
  }
  for (const failure of change.failures) count(tables, guards, failure)
  const waiting = tables.pending.get(key)?.filter(({ state }) => state === 'pending')
  if (waiting) tables.pending.set(key, waiting)
  tables.audits.push(...(settled?.audits ?? []))
  for (const audit of change.audits) tables.audits.push({ ...audit, scope: key })
  for (const fact of change.facts) recordFact(tables, guards, key, fact)
  return written
}

/** Puts something into the outbox, unless it is there: one key goes out once. */
export function putOut(
  { outbox }: MemoryTables,
  guards: Guards,
  entry: Change['outbox'][number],
  targetKey: string | null,
  at: number,
): void {
  const key = guards.entryKeys ? entry.key : `${entry.key}#${outbox.size}`
  if (outbox.has(key)) return
  const fresh = { nextRunAt: at, attempts: 0, lastError: null, deliveredAt: null }
  outbox.set(key, { ...entry, key, targetKey, ...fresh })
}

// An event that could not be recorded stays, is counted, and is given up when the lease owner says so.
function count(
  { eventById }: MemoryTables,
  guards: Guards,
  { eventId, error, dead }: Change['failures'][number],
): void {
  const event = eventById.get(eventId)
  if (event?.state !== 'pending') return
  event.attempts += 1
  event.lastError = error.slice(0, 500)
  if (!dead || !guards.deadEnds) return
  event.state = 'dead'
  event.reason = 'gave_up'
}

// A fact that is already known says nothing new and leaves no audit row.
function recordFact(
  { facts, factKeys, audits }: MemoryTables,
  guards: Guards,
  key: string,
  fact: Change['facts'][number],
): void {
  if (guards.naturalKeys && factKeys.has(fact.key)) return
  factKeys.add(fact.key)
  facts.push(fact)
  const { kind: action, objectId: id, eventId } = fact
  // In its customer's chain, whichever target it was read from: that is where an operator looks.
  const scope = (guards.customersChain && fact.customerId) || key
  const by =
    eventId === null
      ? fact.shownTo
      : { actor: { type: 'stripe', eventId } as const, eventIds: [eventId] }
  audits.push({ scope, ...by, action, before: null, after: { id, ...fact.details } })
}
