import { createHash } from 'node:crypto'
import { classify } from '@/lib/events/classify'
import { log } from '@/lib/log'
import type { VerifiedEvent } from '@/lib/stripe/envelope'
import type { BackfillPorts } from './ports'

// A webhook that is this young may still be on its way, in milliseconds of business time.
export const IN_FLIGHT_MS = 5 * 60_000

/** `early`: its webhook may yet come, and will be answered as a duplicate. */
export type Stored = 'known' | 'ignored' | 'early' | 'recovered'

/**
 * Stores an event as if it had been delivered. Its customer is left for the drain: a read after
 * the last of several events is one read for all.
 */
export async function storeEvent(
  ports: BackfillPorts,
  event: VerifiedEvent,
  now: Date,
): Promise<Stored> {
  const { targetKey, reason } = classify(event, ports)
  const { outcome, claim } = await ports.inbox.ingestEvent({
    ...event,
    targetKey,
    reason,
    createdAt: event.created,
    payloadSha256: createHash('sha256').update(event.payload).digest('hex'),
  })
  if (claim) await ports.inbox.releaseTarget(claim)
  if (outcome === 'duplicate') return 'known'
  if (reason) return 'ignored'
  if (now.getTime() - event.created.getTime() < IN_FLIGHT_MS) return 'early'
  log.warn(
    { event: event.id, type: event.type, target: targetKey },
    'event recovered: no webhook brought it',
  )
  return 'recovered'
}
