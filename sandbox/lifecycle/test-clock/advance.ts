import { ApiError } from '@/sandbox/http/api-error'
import { optionalId } from '@/sandbox/ids'
import { later } from '@/sandbox/lifecycle/periods'
import { hasEnded } from '@/sandbox/lifecycle/subscription/period'
import type { Tx } from '@/sandbox/store/transaction'

// Stripe's limits: of each advance, and of one that no subscription measures.
const MOST_INTERVALS = 2
const MOST_YEARS = 2

/** Sets a test clock on its way; the scheduler takes it there, through everything that is due. */
export function startAdvance(tx: Tx, id: string, target: number) {
  const { frozen_time: from, status } = tx.get('test_helpers.test_clock', id)
  if (status !== 'ready') {
    throw ApiError.invalid(`This test clock is ${status}. Wait until it is ready.`)
  }
  if (target <= from) {
    throw ApiError.invalid(
      `The new time must be after the test clock's current frozen time, ${from}.`,
      'frozen_time',
    )
  }
  const furthest = furthestFrom(tx, id, from)
  if (target > furthest) {
    throw ApiError.invalid(
      `A test clock advances at most two intervals of its shortest subscription at a time, or two years without one: here to ${furthest}.`,
      'frozen_time',
    )
  }
  const clock = tx.edit('test_helpers.test_clock', id)
  clock.status = 'advancing'
  clock.status_details = { advancing: { target_frozen_time: target } }
  tx.emit('test_helpers.test_clock.advancing', 'test_helpers.test_clock', id)
  return clock
}

function furthestFrom(tx: Tx, clock: string, from: number): number {
  const intervals = tx
    .all('subscription')
    .filter((row) => optionalId(row.test_clock) === clock && !hasEnded(row))
    .flatMap((row) => row.items.data.map(({ price }) => price.recurring))
    .filter((interval) => interval !== null)
  if (intervals.length === 0)
    return later(from, { interval: 'year', interval_count: 1 }, MOST_YEARS)
  return Math.min(...intervals.map((interval) => later(from, interval, MOST_INTERVALS)))
}
