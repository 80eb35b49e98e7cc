import type { Planned } from '@/sandbox/store/records'
import type { Tx } from '@/sandbox/store/transaction'
import { closeDispute, openDispute } from './dispute/open'
import { settleLater } from './invoice/settle-later'

/** Does what was planned for now, once. */
export function runPlanned(tx: Tx, { id, what }: Planned) {
  tx.remove('planned', id)
  if (what.kind === 'dispute') openDispute(tx, what.charge)
  else if (what.kind === 'dispute_lapses') closeDispute(tx, what.dispute, 'lost')
  else settleLater(tx, what)
}
