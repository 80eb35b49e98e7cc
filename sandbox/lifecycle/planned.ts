import type { Settings } from '@/sandbox/settings'
import type { Planned } from '@/sandbox/store/records'
import type { Tx } from '@/sandbox/store/transaction'
import { closeDispute, openDispute } from './dispute/open'
import { warnOfFraud } from './dispute/warn'
import { becomeOverdue } from './invoice/send-out'
import { settleLater } from './payment/settle-later'
import { answerRefund } from './refund/answer'
import { autoResume } from './subscription/auto-resume'

/** Does what was planned for now, once. */
export function runPlanned(tx: Tx, settings: Settings, { id, what }: Planned) {
  tx.remove('planned', id)
  if (what.kind === 'dispute') openDispute(tx, what.charge, what.as)
  else if (what.kind === 'fraud_warning') warnOfFraud(tx, what.charge)
  else if (what.kind === 'dispute_lapses') closeDispute(tx, what.dispute, 'lost')
  else if (what.kind === 'overdue') becomeOverdue(tx, what.invoice)
  else if (what.kind === 'refund') answerRefund(tx, what.refund, what.succeeds)
  else if (what.kind === 'resume') autoResume(tx, settings, what.subscription)
  else settleLater(tx, what)
}
