import { env } from '@/lib/env'
import { deliverEffects } from '@/lib/outbox/deliver'
import { rememberCommitted } from '@/lib/redis/seen'
import { takeTurn } from '@/lib/redis/take-turn'
import type { SyncPorts } from '@/lib/sync/ports'
import { productionPorts } from '@/lib/sync/production-ports'
import type { AfterPorts } from './ports'

// Seconds. Sweeps come each minute; helping more often than this finds nothing to do.
const HELP_EVERY = 5

/** The real outside of what follows the answer to Stripe. */
export function afterPorts(): SyncPorts & AfterPorts {
  const namespace = env().databaseFingerprint
  const sync = productionPorts()
  return {
    ...sync,
    rememberCommitted: (eventId) => rememberCommitted({ namespace, eventId }),
    mayHelp: () => takeTurn({ namespace, name: 'help', seconds: HELP_EVERY }),
    deliverEffects: () => deliverEffects(sync.clock),
  }
}
