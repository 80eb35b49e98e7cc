import { env } from '@/lib/env'
import { deliverOutbox } from '@/lib/outbox/deliver'
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
    deliverOutbox: () => span('outbox.deliver', {}, () => deliverOutbox(sync.clock)),
  }
}
