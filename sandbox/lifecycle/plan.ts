import { optionalId } from '@/sandbox/ids'
import type { Planned } from '@/sandbox/store/records'
import type { Tx } from '@/sandbox/store/transaction'
import { testClockOf } from './test-clock/clock-of'

/** Plans what will happen to a charge by itself, at an instant of the clock that its customer lives by. */
export function plan(tx: Tx, charge: string, planned: Omit<Planned, 'test_clock'>) {
  const test_clock = testClockOf(tx, { customer: optionalId(tx.get('charge', charge).customer) })
  return tx.insert('planned', { ...planned, test_clock })
}

/** What was planned for a test clock that is no more does not happen. */
export function forgetPlans(tx: Tx, clock: string) {
  for (const { id, test_clock } of tx.all('planned'))
    if (test_clock === clock) tx.remove('planned', id)
}
