import { failureText, log } from '@/lib/log'
import { drain } from '@/lib/sync/drain'
import type { SyncPorts } from '@/lib/sync/ports'
import { workOff } from '@/lib/sync/work-off'
import type { AfterPorts } from './ports'
import type { Stored } from './receive'

// After its own work a webhook helps with what is left for this long, well inside the function's limit.
const HELP_MS = 5_000

/**
 * What follows the answer to Stripe: remember the event in Redis, converge its customer, then, when it
 * is this process's turn, help with what others left behind. Best effort: the lease's end and the
 * sweeps cover a process that dies here.
 */
export async function processEvent(
  ports: SyncPorts & AfterPorts,
  { eventId, claim }: Stored,
): Promise<void> {
  const remembering = ports.rememberCommitted(eventId)
  if (claim) {
    try {
      await workOff(ports, claim, { type: 'stripe', eventId })
    } catch (error) {
      // The target was given back with the reason; it must not keep others from being helped.
      log.error(
        { event: eventId, target: claim.key, error: failureText(error) },
        'sync failed; it will be tried again',
      )
    }
  }
  if (await ports.mayHelp()) {
    await drain(ports, 'webhook', HELP_MS)
    await ports.deliverEffects()
  }
  await remembering
}
