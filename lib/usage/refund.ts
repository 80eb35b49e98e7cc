import type { Reservation } from './reserve'
import { settle } from './settle'

/** `already_committed`: it is counted for good, and stays so. `expired`: its units went back by themselves. */
export type RefundOutcome = 'refunded' | 'already_refunded' | 'already_committed' | 'expired'

/** Gives the units of a reservation back, to the plan and to the credits that they are of. Safe to repeat. */
export async function refund(reservation: Reservation): Promise<RefundOutcome> {
  const outcome = await settle(reservation, false)
  return outcome === 'committed' ? 'already_committed' : outcome
}
