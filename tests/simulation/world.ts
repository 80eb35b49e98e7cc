import type { Progress } from '@/db/queries/reconcile'
import type { CustomerId, EventId } from '@/lib/ids'
import type { VerifiedEvent } from '@/lib/stripe/envelope'
import type { FaultPlan } from './fault-plan'
import { ALL_GUARDS, type Guards } from './guards'
import { MemoryLedger } from './memory-ledger'
import { Shop } from './price-model'
import type { Random } from './random'
import { type Call, RecordedLedger } from './recorded-ledger'
import type { StripeModel } from './stripe-model'
import { Tally } from './tally'
import { type Quiet, Timeline } from './timeline'

/** Everything that one history consists of. */
export type World<W extends FaultPlan = FaultPlan> = {
  time: Timeline
  random: Random
  faultPlan: W
  ledger: MemoryLedger
  guards: Guards
  stripeModels: Map<CustomerId, StripeModel>
  shop: Shop
  /** What Stripe remembers: each event that it made. */
  archive: VerifiedEvent[]
  /** Events whose fact cannot be recorded. */
  hopeless: Set<EventId>
  /** Webhooks are lost for good, so Stripe must be asked for them. */
  lossy: boolean
  /** Something changed, and no event says which customers to read. */
  unreported: boolean
  /** When the next webhook may help with what others left. */
  nextTurn: number
  places: Map<string, Progress>
  tally: Tally
  /** Reads of dead processes: no answer comes. */
  hung: ((error: unknown) => void)[]
  /** What was seen to go wrong on the way. */
  wrong: string[]
  /** Called with what each commit had read of a customer, in the order of the commits. */
  committed(customerId: string, version: number): void
}

export type Options = {
  guards?: Guards
  quiet?: Quiet
  /** Whether it is a week; left to chance when not given. */
  week?: boolean
  /** Hears every step that the ledger takes, in its order. */
  heard?: (call: Call) => void
}

export const START = Date.parse('2026-11-23T12:00:00Z')

// All that was before has been fetched: a month of slices would find nothing.
const FETCHED: Progress = { readTo: new Date(START), at: new Date(START) }

/** A world in which nothing has happened yet. */
export function newWorld<W extends FaultPlan>(
  random: Random,
  faultPlan: W,
  name: string,
  { guards = ALL_GUARDS, quiet = 'tick', heard }: Options,
): World<W> {
  const time = new Timeline(START, quiet)
  const ledger = heard
    ? new RecordedLedger(heard, time, random, guards)
    : new MemoryLedger(time, random, guards)
  const tally = new Tally()
  faultPlan.tally = tally
  const newest = new Map<string, number>()
  const wrong: string[] = []
  return {
    ...{ time, random, faultPlan, ledger, guards, wrong, stripeModels: new Map(), hung: [] },
    ...{ shop: new Shop(name), archive: [], hopeless: new Set(), lossy: false, unreported: false },
    ...{ nextTurn: 0, places: new Map([['events', FETCHED]]), tally },
    committed(key, version) {
      const before = newest.get(key) ?? 0
      if (version < before) wrong.push(`A read of version ${version} was committed over ${before}.`)
      newest.set(key, Math.max(before, version))
    },
  }
}
