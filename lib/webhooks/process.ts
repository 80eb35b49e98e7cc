import { deliverOutboxNow, drainBacklog } from '@/lib/jobs/drain-backlog'
import type { BacklogPorts } from '@/lib/jobs/ports'
import { failureText, log } from '@/lib/log'
import { drainTarget } from '@/lib/sync/drain-target'
import type { SyncPorts } from '@/lib/sync/ports'
import type { Stored } from './receive'

/**
 * What follows the answer to Stripe: remember the event in Redis, converge its customer, send what that
 * put into the outbox, then, when it is this process's turn, help with what others left behind. Best
 * effort, and never throws: the lease's end and the drains cover a process that dies here.
 */
export async function processEvent(
  ports: SyncPorts & BacklogPorts,
  { eventId, claim }: Stored,
): Promise<void> {
  const remembering = ports.rememberCommitted(eventId)
  let outbox = 0
  if (claim) {
    try {
      outbox = await drainTarget(ports, claim, { type: 'stripe', eventId })
    } catch (error) {
      // The target was given back with the reason; it must not keep others from being helped.
      log.error(
        { event: eventId, target: claim.key, error: failureText(error) },
        'sync failed; it will be tried again',
      )
    }
  }
  // The process whose turn it is may have looked before this was there, and the next cron may be a day away.
  if (!(await drainBacklog(ports, 'webhook')) && outbox > 0) await deliverOutboxNow(ports)
  await remembering
}
