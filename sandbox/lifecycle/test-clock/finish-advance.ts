import type { Tx } from '@/sandbox/store/transaction'

/** The clock has arrived. */
export function finishAdvance(tx: Tx, id: string) {
  const clock = tx.edit('test_helpers.test_clock', id)
  clock.frozen_time = tx.now
  clock.status = 'ready'
  clock.status_details = {}
  tx.emit('test_helpers.test_clock.ready', 'test_helpers.test_clock', id)
}
