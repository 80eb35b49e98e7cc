import type { Claim } from '@/db/queries/claim'
import type { Ingested, NewEvent } from '@/db/queries/ledger'
import type { GrantedSlice, LocalState, Progress } from '@/db/queries/reconcile'
import type { ConfiguredPrices } from '@/lib/catalog/tier-for-price'
import type { Clock } from '@/lib/clock'
import type { CustomerId, EventId, SubscriptionId } from '@/lib/ids'
import type { VerifiedEvent } from '@/lib/stripe/envelope'
import type { EventRange } from '@/lib/stripe/events'
import type {
  CardInUse,
  Mark,
  SubscriptionPage,
  SubscriptionSnapshot,
} from '@/lib/stripe/subscriptions'
import type { Drift } from './record-drift'

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

/** What the drift scan needs of the outside. */
export type DriftPorts = Outside & {
  stripe: EventArchive & {
    listAllSubscriptions(
      start: { createdUntil: Date | null; after: SubscriptionId | null },
      wanted: (mark: Mark) => boolean,
    ): Promise<SubscriptionPage>
    listSubscriptions(customerId: CustomerId): Promise<SubscriptionSnapshot[]>
  }
  records: {
    listLocalState(
      customerIds: readonly CustomerId[],
      span: { from: Date | null; to: Date | null },
    ): Promise<LocalState[]>
    listGrantedState(slice: { after: CustomerId | null; limit: number }): Promise<GrantedSlice>
    /** Has those written about that expire soon, each once. */
    remindOfCards(cards: readonly CardInUse[], now: Date): Promise<void>
    /** Marks the target dirty and writes what differs, or answers false: another process reads it anyway. */
    recordDrift(drift: Drift, sinceMs: number): Promise<boolean>
  }
  place: Place
  /** How far the walk through our own customers has come; null: it begins anew. */
  walk: {
    find(): Promise<CustomerId | null>
    save(after: CustomerId | null): Promise<void>
  }
  prices: ConfiguredPrices
}
