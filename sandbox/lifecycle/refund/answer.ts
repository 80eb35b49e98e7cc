import { optionalId } from '@/sandbox/ids'
import { recordRefund } from '@/sandbox/lifecycle/payment/book'
import type { Tx } from '@/sandbox/store/transaction'

/** The bank has answered: the money has arrived, or it comes back to the account. */
export function answerRefund(tx: Tx, id: string, succeeds: boolean) {
  const refund = tx.edit('refund', id)
  refund.status = succeeds ? 'succeeded' : 'failed'
  if (!succeeds) {
    refund.failure_reason = 'expired_or_canceled_card'
    refund.failure_balance_transaction = recordRefund(tx, refund, 1)
    const charge = tx.edit('charge', optionalId(refund.charge) ?? '')
    charge.amount_refunded -= refund.amount
    charge.refunded = false
    tx.emit('charge.updated', 'charge', charge.id)
    tx.emit('refund.failed', 'refund', id)
  }
  tx.emit('refund.updated', 'refund', id)
}
