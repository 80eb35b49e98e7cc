import { fromUnix, toUnix } from '@/lib/clock'
import { handledEvents } from '@/lib/events/handlers'
import { log } from '@/lib/log'
import type { VerifiedEvent } from '@/lib/stripe/envelope'
import { pacer } from './pace'
import type { BackfillPorts } from './ports'
import {
  FIRST_WIDTH,
  FULL,
  nextWidth,
  type Slice,
  secondAfter,
  sliceAt,
  startOf,
  typeLists,
} from './slices'
import { type Stored, storeEvent } from './store-event'

export type Backfilled = Record<Stored, number> & {
  /** Everything up to here is in the inbox; null when not even the first slice was. */
  readTo: Date | null
  /** Whether that is now; if not, the next run goes on. */
  complete: boolean
  /** No run for so long that Stripe has forgotten events. */
  lost: boolean
}

/**
 * Reads what Stripe says has happened since the last run, and stores what no webhook brought:
 * whatever became of a delivery, the inbox has its event afterwards. Safe to run twice at once, to die
 * anywhere and to be skipped: only what is durable moves the place where the next run begins.
 * Customers are left dirty for the drain.
 * @param spent whether the time is up; what is not read by then is the next run's
 * @throws {Unavailable} Stripe does not answer
 */
export async function backfillEvents(
  ports: BackfillPorts,
  spent: () => boolean,
): Promise<Backfilled> {
  const now = fromUnix(toUnix(await ports.clock.now()))
  const { since, lost } = startOf(await ports.place.find(), now)
  if (lost) {
    log.error(
      { since },
      'Stripe has forgotten events that were never fetched; the drift scan repairs the state, not the history',
    )
  }
  const found = { known: 0, ignored: 0, early: 0, recovered: 0 }
  const read = reader(ports)
  let readTo: Date | null = null
  let slice = sliceAt(since, FIRST_WIDTH, now)
  while (slice && !spent()) {
    const { events, longest, whole } = await read(slice)
    if (whole) {
      if (!(await storeAll(ports, events, { now, spent, found }))) break
      readTo = slice.until
      await ports.place.save({ readTo, at: now })
    }
    slice = sliceAt(whole ? secondAfter(slice) : slice.since, nextWidth(slice, longest), now)
  }
  const result = { ...found, readTo, complete: slice === null, lost }
  log.info(result, 'backfill')
  return result
}

// More handled events in one second than the SDK lists are not a busy shop, but a mistake.
const MOST = 10_000

function reader({ stripe, sleep }: BackfillPorts) {
  const paced = pacer(sleep)
  return async (slice: Slice) => {
    const narrowest = slice.since.getTime() === slice.until.getTime()
    const limit = narrowest ? MOST : FULL
    const events: VerifiedEvent[] = []
    let longest = 0
    for (const types of typeLists(handledEvents)) {
      const list = await paced(() => stripe.listEvents({ ...slice, types, limit }))
      events.push(...list)
      longest = Math.max(longest, list.length)
      if (longest >= limit) break
    }
    if (longest >= MOST)
      throw new Error(`Too many events in the second of ${slice.since.toISOString()}.`)
    return { events, longest, whole: longest < limit }
  }
}

type Storing = { now: Date; spent: () => boolean; found: Record<Stored, number> }

// Most are known, and asking for all of them at once locks no row. False: the time was up first.
async function storeAll(
  ports: BackfillPorts,
  events: VerifiedEvent[],
  { now, spent, found }: Storing,
): Promise<boolean> {
  if (events.length === 0) return true
  const stored = await ports.inbox.listStored(events.map(({ id }) => id))
  for (const event of events) {
    if (stored.has(event.id)) {
      found.known += 1
      continue
    }
    if (spent()) return false
    found[await storeEvent(ports, event, now)] += 1
  }
  return true
}
