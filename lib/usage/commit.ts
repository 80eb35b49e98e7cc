import type { Reservation } from './reserve'
import { settle } from './settle'

/**
 * `already_refunded` and `expired`: its units went back before, and nothing is counted now. Who has done the
 * work all the same may `consume` for it under another key.
 */
export type CommitOutcome = 'committed' | 'already_committed' | 'already_refunded' | 'expired'

/** Counts a reservation for good, in the period that it was made in. Safe to repeat. */
export async function commit(reservation: Reservation): Promise<CommitOutcome> {
  const outcome = await settle(reservation, true)
  return outcome === 'refunded' ? 'already_refunded' : outcome
}
