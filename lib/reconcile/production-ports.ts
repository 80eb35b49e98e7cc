import { ingestEvent } from '@/db/queries/ledger'
import {
  findProgress,
  findWalked,
  listGrantedState,
  listLocalState,
  listStored,
  type ProgressName,
  releaseTarget,
  saveProgress,
  saveWalked,
} from '@/db/queries/reconcile'
import { FREE } from '@/lib/catalog/plans'
import { remindOfCards } from '@/lib/outbox/remind-of-cards'
import { listEvents } from '@/lib/stripe/events'
import { listAllSubscriptions } from '@/lib/stripe/subscriptions'
import { ASKS, productionPorts } from '@/lib/sync/production-ports'
import type { BackfillPorts, DriftPorts, Place } from './ports'
import { recordDrift } from './record-drift'

/** The real outside of the backfill: Stripe's archive and our inbox. */
export function backfillPorts(): BackfillPorts {
  return {
    ...productionPorts(),
    stripe: { listEvents },
    inbox: { listStored, ingestEvent, releaseTarget },
    place: place('events', { forwards: true }),
  }
}

/** The real outside of the drift scan: all of Stripe's subscriptions, and our records. */
export function driftPorts(): DriftPorts {
  const sync = productionPorts()
  return {
    ...sync,
    stripe: {
      ...sync.stripe,
      listEvents,
      listAllSubscriptions: (start, wanted) => listAllSubscriptions(start, wanted, ASKS),
    },
    records: {
      listLocalState,
      listGrantedState: (slice) => listGrantedState(FREE.tier, slice),
      recordDrift,
      remindOfCards,
    },
    // It goes from the newest to the oldest.
    place: place('subscriptions', { forwards: false }),
    walk: { find: () => findWalked('granted'), save: (after) => saveWalked('granted', after) },
  }
}

function place(name: ProgressName, order: { forwards: boolean }): Place {
  return {
    find: () => findProgress(name),
    save: (progress) => saveProgress(name, progress, order),
  }
}
