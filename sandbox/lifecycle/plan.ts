import type { Planned } from '@/sandbox/store/records'
import type { Tx } from '@/sandbox/store/transaction'
import { testClockOf } from './test-clock/clock-of'

/**
 * Plans what will happen by itself for a customer (null: one that is gone), at an instant of the
 * clock that they live by.
 */
export function plan(tx: Tx, customer: string | null, planned: Omit<Planned, 'test_clock'>) {
  return tx.insert('planned', { ...planned, test_clock: testClockOf(tx, { customer }) })
}
