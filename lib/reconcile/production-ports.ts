import { ingestEvent } from '@/db/queries/ledger'
import {
  findProgress,
  listStored,
  type ProgressName,
  releaseTarget,
  saveProgress,
} from '@/db/queries/reconcile'
import { listEvents } from '@/lib/stripe/events'
import { productionPorts } from '@/lib/sync/production-ports'
import type { BackfillPorts, Place } from './ports'

/** The real outside of the backfill: Stripe's archive and our inbox. */
export function backfillPorts(): BackfillPorts {
  return {
    ...productionPorts(),
    stripe: { listEvents },
    inbox: { listStored, ingestEvent, releaseTarget },
    place: place('events', { forwards: true }),
  }
}

function place(name: ProgressName, order: { forwards: boolean }): Place {
  return {
    find: () => findProgress(name),
    save: (progress) => saveProgress(name, progress, order),
  }
}
