import { findEvent } from '@/db/queries/stored-events'
import type { OperatorActor } from '@/lib/audit/actor'
import { NotFound, Unavailable } from '@/lib/errors'
import type { EventId } from '@/lib/ids'
import { failureText, log } from '@/lib/log'
import { productionPorts } from '@/lib/sync/production-ports'
import { replayEvent } from '@/lib/webhooks/replay'
import { scopeOf } from './event'
import { type Once, once } from './once'

export type AskedReplay = { id: EventId; seen: number; reason: string }

/**
 * Replays a stored event, once, and waits until what it stands for is written, or is in someone's hands.
 * @throws {Conflict} something else has happened since the operator looked, or it is not for us
 * @throws {NotFound} the inbox has no such event
 */
export async function replayOnce(
  actor: OperatorActor,
  { id, seen, reason }: AskedReplay,
): Promise<Once> {
  const event = await findEvent(id)
  if (!event) throw new NotFound('console_gone')
  const scope = scopeOf(event)
  return once(
    actor,
    { scope, seen, action: 'console.replay', after: { event: id }, reason },
    async () => {
      try {
        await replayEvent(productionPorts(), actor, { id, reason })
      } catch (error) {
        if (!(error instanceof Unavailable)) throw error
        // It is marked: who reads its target now, or the next drain, records it.
        log.warn({ event: id, error: failureText(error) }, 'replayed, and not recorded yet')
      }
    },
  )
}
