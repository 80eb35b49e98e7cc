import type { Planned } from '@/sandbox/store/records'
import type { Tx } from '@/sandbox/store/transaction'
import { testClockOf } from './test-clock/clock-of'

/** Plans what will happen by itself for a customer (null: one that is gone), at an instant of the clock that they live by. */
export function plan(tx: Tx, customer: string | null, planned: Omit<Planned, 'test_clock'>) {
  return tx.insert('planned', { ...planned, test_clock: testClockOf(tx, { customer }) })
}

/** What was planned for a test clock that is no more does not happen. */
export function forgetPlans(tx: Tx, clock: string) {
  for (const { id, test_clock } of tx.all('planned'))
    if (test_clock === clock) tx.remove('planned', id)
}
