import type { Clock } from '@/lib/clock'
import { env } from '@/lib/env'
import { deliverOutbox } from '@/lib/outbox/deliver'
import { Batches } from '@/lib/redis/batches'
import { rememberCommitted } from '@/lib/redis/seen'
import { takeTurn } from '@/lib/redis/take-turn'
import { span } from '@/lib/span'
import type { SyncPorts } from '@/lib/sync/ports'
import { productionPorts } from '@/lib/sync/production-ports'
import type { BacklogPorts } from './ports'

// Seconds. The drain runs each minute; helping more often than this finds nothing to do.
const HELP_EVERY = 5

/** The real outside of what follows the answer to Stripe. */
export function backlogPorts(): SyncPorts & BacklogPorts {
  const namespace = env().databaseFingerprint
  const sync = productionPorts()
  return {
    ...sync,
    rememberCommitted: (eventId) =>
      span('webhook.remember', { 'stripe.event_id': eventId }, () =>
        rememberCommitted({ namespace, eventId }),
      ),
    mayDrain: () => takeTurn({ namespace, name: 'help', seconds: HELP_EVERY }),
    deliverOutbox: () => span('outbox.deliver', {}, () => deliveries.add(sync.clock)),
  }
}

// One at a time in a process: a burst of events is one run and the one after it, which finds what all of them
// put there, and not a run for each. A caller waits for a run that began after its own commit.
const deliveries = new Batches(
  async ([clock]: readonly Clock[]) => {
    if (clock) await deliverOutbox(clock)
    return []
  },
  { everyMs: 0, most: Number.POSITIVE_INFINITY },
)
