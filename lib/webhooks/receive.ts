import { createHash } from 'node:crypto'
import type { Claim } from '@/db/queries/claim'
import { PATIENCE, withDeadline } from '@/lib/deadline'
import { Unavailable } from '@/lib/errors'
import { classify } from '@/lib/events/classify'
import type { EventId } from '@/lib/ids'
import { failureText, log } from '@/lib/log'
import { noteIds, span, spanNow } from '@/lib/span'
import type { VerifiedEvent } from '@/lib/stripe/envelope'
import { InvalidPayload, InvalidSignature, verifyWebhook } from '@/lib/stripe/verify'
import type { InboxPorts } from './ports'
import { RefusedDeliveries } from './refused-deliveries'
import { noteDelivery } from './refused-lately'

export type Receipt = {
  status: 200 | 400 | 503
  body: Record<string, string>
  /** What is durable now and has work to follow, with the lease of its customer where that was free. */
  stored: Stored | null
}

export type Stored = { eventId: EventId; claim: Claim | null }

/**
 * Takes one delivery: 2xx if and only if the event is durable or provably not for us, 400 for
 * what Stripe did not sign, 503 when it cannot be stored and Stripe must send it again.
 * Nothing is touched before the signature holds.
 */
export async function receiveEvent(
  ports: InboxPorts,
  rawBody: Uint8Array,
  signature: string | null,
): Promise<Receipt> {
  const event = spanNow('webhook.verify', {}, () => verified(ports, rawBody, signature))
  if ('refusal' in event) return { ...event.refusal, stored: null }
  // Asked only where it can help: Postgres decides, and a healthy request pays for nothing else.
  let remembered: Promise<boolean> | undefined
  const ask = () => (remembered ??= ports.isCommitted(event.id))
  const hedge = setTimeout(ask, HEDGE_MS)
  try {
    const receipt = await store(ports, event, rawBody)
    noteDelivery(true)
    return receipt
  } catch (error) {
    noteDelivery(false)
    const step = { event: event.id, error: failureText(error) }
    if (await ask()) {
      log.warn(step, 'event seen before, says Redis, while Postgres does not answer')
      return { status: 200, body: { status: 'duplicate' }, stored: null }
    }
    log.error(step, 'event not stored; Stripe will send it again')
    return { status: 503, body: { error: 'unavailable' }, stored: null }
  } finally {
    clearTimeout(hedge)
  }
}

// Above what Postgres takes in a burst, when more work would be no help. A delivery that has waited that
// long may wait in vain, and then the answer of Redis is there already.
const HEDGE_MS = 1_000

function verified(ports: InboxPorts, rawBody: Uint8Array, signature: string | null) {
  try {
    return verifyWebhook(rawBody, signature, ports.secrets, ports.now())
  } catch (error) {
    if (error instanceof InvalidSignature)
      return refusal(400, 'invalid_signature', error, error.advice)
    if (error instanceof InvalidPayload) return refusal(400, 'invalid_payload', error, error.advice)
    if (error instanceof Unavailable) return refusal(503, 'unavailable', error, SET_IT)
    throw error
  }
}

// The sender reads constant words; why stands in the log, which an operator reads.
function refusal(status: 400 | 503, error: string, { message }: Error, advice: string) {
  refusals.note(status, message, advice)
  return { refusal: { status, body: { error } } }
}

const SET_IT = 'Until then nothing can be taken, and Stripe sends all of it again.'

const refusals = new RefusedDeliveries()

async function store(
  ports: InboxPorts,
  event: VerifiedEvent,
  rawBody: Uint8Array,
): Promise<Receipt> {
  const { targetKey, reason } = classify(event, ports)
  // Of the bytes, which are the payload's own in UTF-8: that spares encoding it once more.
  const payloadSha256 = createHash('sha256').update(rawBody).digest('hex')
  const row = { ...event, targetKey, reason, createdAt: event.created, payloadSha256 }
  // A commit after the deadline does no harm: Stripe sends again, and the key makes it a duplicate.
  noteIds({ ...idsOf(event.id, targetKey), 'stripe.event_type': event.type })
  const { outcome, claim } = await span('webhook.store', idsOf(event.id, targetKey), () =>
    withDeadline(ports.ingestEvent(row), PATIENCE.webhook.answer, tooSlow),
  )

  const body = answer(outcome, reason)
  log.info(
    { event: event.id, type: event.type, target: targetKey, claimed: claim !== null, ...body },
    'event stored',
  )
  // Whichever process has the lease reads for this one, too. What is left is to remember it, and in a burst the
  // event before it does that for both: work of its own after the answer would cost a tenth of the delivery.
  const isCarried = claim === null && ports.rememberAlong(event.id)
  return { status: 200, body, stored: isCarried ? null : { eventId: event.id, claim } }
}

const tooSlow = () => new Unavailable('too_slow')

function idsOf(eventId: EventId, targetKey: string | null) {
  return { 'stripe.event_id': eventId, 'billing.target': targetKey }
}

function answer(outcome: 'new' | 'duplicate', reason: string | null): Record<string, string> {
  if (outcome === 'duplicate') return { status: 'duplicate' }
  return reason ? { status: 'ignored', reason } : { status: 'accepted' }
}
