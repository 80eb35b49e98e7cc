import { findEvent, replayStored, type StoredEvent } from '@/db/queries/stored-events'
import type { Actor } from '@/lib/audit/actor'
import { env } from '@/lib/env'
import { Conflict, Invalid, NotFound, Unavailable } from '@/lib/errors'
import { classify } from '@/lib/events/classify'
import type { EventId } from '@/lib/ids'
import { readEnvelope } from '@/lib/stripe/envelope'
import { retrieveEvent } from '@/lib/stripe/events'
import { drainTarget } from '@/lib/sync/drain-target'
import type { SyncPorts } from '@/lib/sync/ports'

/** An operator's reason, in a few words: it stays in the audit trail. */
const REASON = /^\S.{2,499}$/s

/**
 * Replays a stored event, by its id and never by a body: it is classified by today's rules, its
 * target is read from Stripe, and what it stands for is written. Facts and entries of the outbox have
 * natural keys, so nothing is recorded or sent a second time.
 * @throws {Invalid} no reason is given
 * @throws {NotFound} the inbox has no such event
 * @throws {Conflict} it is still not for us
 * @throws {Unavailable} it is marked, and another process is reading its target just now
 */
export async function replayEvent(
  ports: SyncPorts,
  actor: Actor,
  { id, reason }: { id: EventId; reason: string },
): Promise<void> {
  const target = await requestReplay(actor, { id, reason })
  const { claim } = await ports.ledger.claimTarget(target, {})
  if (!claim)
    throw new Unavailable({ internal: `${id} is marked; the lease owner of ${target} replays it.` })
  await drainTarget(ports, claim, actor)
}

/**
 * Marks a stored event to be replayed, and leaves that to the next drain: for many at once.
 * @returns its target
 * @throws as `replayEvent` does
 */
export async function requestReplay(
  actor: Actor,
  { id, reason }: { id: EventId; reason: string },
): Promise<string> {
  if (!REASON.test(reason)) throw new Invalid({ internal: 'Say why, in 3 to 500 characters.' })
  const target = await targetOfStored(id)
  if (!(await replayStored({ id, target }, actor, reason))) throw missing(id)
  return target
}

/** The target that an event of the inbox has by today's rules. */
export async function targetOfStored(id: EventId): Promise<string> {
  const stored = await findEvent(id)
  if (!stored) throw missing(id)
  const { appEnv, stripe } = env()
  const envelope = await envelopeOf(stored)
  const { targetKey, reason } = classify(envelope, { appEnv, livemode: stripe.livemode })
  if (targetKey === null) throw new Conflict({ internal: `${id} is not for us: ${reason}.` })
  return targetKey
}

// A payload is pruned after some months; Stripe remembers an event for 30 days.
function envelopeOf({ id, payload }: StoredEvent) {
  return payload === null ? retrieveEvent(id) : readEnvelope(payload)
}

function missing(id: EventId): NotFound {
  return new NotFound({ internal: `The inbox has no ${id}. Was it sent to this application?` })
}
