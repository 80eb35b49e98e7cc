import type { Claim } from '@/db/queries/claim'
import type { Ingested, NewEvent } from '@/db/queries/ledger'
import type { Progress } from '@/db/queries/reconcile'
import type { Clock } from '@/lib/clock'
import type { EventId } from '@/lib/ids'
import type { VerifiedEvent } from '@/lib/stripe/envelope'
import type { EventRange } from '@/lib/stripe/events'

/** What Stripe remembers of the past month. */
export type EventArchive = { listEvents(range: EventRange): Promise<VerifiedEvent[]> }

/** Where a job keeps how far it has come. */
export type Place = {
  find(): Promise<Progress | null>
  save(progress: Progress): Promise<void>
}

type Outside = {
  /** Business time: events are dated by it. */
  clock: Clock
  sleep(milliseconds: number): Promise<void>
  appEnv: string
}

/** What the backfill needs of the outside. */
export type BackfillPorts = Outside & {
  stripe: EventArchive
  inbox: {
    listStored(ids: readonly EventId[]): Promise<ReadonlySet<EventId>>
    ingestEvent(event: NewEvent): Promise<Ingested>
    releaseTarget(claim: Claim): Promise<void>
  }
  place: Place
  livemode: boolean
}
