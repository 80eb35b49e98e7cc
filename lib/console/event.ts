import type { AuditRow } from '@/db/queries/audit'
import { findAddresses, findHead, findTarget } from '@/db/queries/console-customer'
import { findWorkspaceOf } from '@/db/queries/console-customers'
import { listOutcomes } from '@/db/queries/console-events'
import { findEvent, type StoredEvent } from '@/db/queries/stored-events'
import type { EventId, UserId, WorkspaceId } from '@/lib/ids'
import { redactPayload, redactText } from './redact'
import { sentenceOf } from './sentence'

export type EventFile = Omit<StoredEvent, 'payload'> & {
  /** As an operator may read it; null once it was emptied. */
  payload: string | null
  /** Milliseconds from Stripe's making it, which Stripe says to the second, to its arrival here. */
  arrivedAfter: number
  /** Milliseconds from its arrival to its being done; null while it is not. */
  doneAfter: number | null
  /** Where its target stands; null where it has none. */
  target: Awaited<ReturnType<typeof findTarget>>
  /** Whose it is; null where no one is known. */
  workspaceId: WorkspaceId | null
  /** What came of it, oldest first; and its replays. */
  outcomes: (AuditRow & { sentence: string })[]
  /** Who did what, by address, those of them who are still here. */
  names: Map<string, string>
  /** How many rows the chain has in which a replay is noted. */
  seen: number
}

/** The chain in which an event's replay is noted: its customer's, where it has one. */
export function scopeOf({ id, targetKey, customerId }: Omit<StoredEvent, 'payload'>): string {
  return targetKey ?? customerId ?? `event:${id}`
}

/** All that the inbox and the trail say of one event; null where there is none. */
export async function readEventFile(id: EventId): Promise<EventFile | null> {
  const event = await findEvent(id)
  if (!event) return null
  const { targetKey, customerId, payload, lastError, receivedAt, stripeCreatedAt, doneAt } = event
  const scopes = [...new Set([targetKey, customerId].flatMap((key) => key ?? []))]
  const scope = scopeOf(event)
  const [target, workspaceId, outcomes, seen] = await Promise.all([
    targetKey ? findTarget(targetKey) : null,
    customerId ? findWorkspaceOf(customerId) : null,
    scopes.length > 0 ? listOutcomes(scopes, id) : [],
    findHead(scope),
  ])
  return {
    ...event,
    payload: payload === null ? null : redactPayload(payload),
    lastError: lastError && redactText(lastError),
    arrivedAfter: receivedAt.getTime() - stripeCreatedAt.getTime(),
    doneAfter: doneAt && doneAt.getTime() - receivedAt.getTime(),
    ...{ target, seen, workspaceId: workspaceId ?? null },
    outcomes: outcomes.map((row) => ({ ...row, sentence: sentenceOf(row) })),
    names: await findAddresses(peopleOf(outcomes)),
  }
}

function peopleOf(rows: readonly AuditRow[]): UserId[] {
  const ids = rows.flatMap(({ actor }) =>
    actor.type === 'user' || actor.type === 'operator' ? [actor.id] : [],
  )
  return [...new Set(ids)]
}
