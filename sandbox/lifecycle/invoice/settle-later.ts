import { idOf } from '@/sandbox/ids'
import type { Settlement } from '@/sandbox/store/records'
import type { Tx } from '@/sandbox/store/transaction'
import { planRetry, settleSubscription } from './collect'
import { markVoid } from './mark-void'
import { fail, settle, succeed } from './pay'
import { tellOutcome, tellPayment } from './tell'

const RETURNED = {
  code: 'payment_intent_payment_attempt_failed',
  declineCode: 'insufficient_funds',
  message: 'The bank account has insufficient funds to complete the payment.',
}

/** The bank has answered, days later: the debit went through, or came back. */
export function settleLater(
  tx: Tx,
  { invoice: id, intent: intentId, charge, payment, succeeds }: Settlement,
) {
  const invoice = tx.edit('invoice', id)
  const intent = tx.edit('payment_intent', intentId)
  if (invoice.status !== 'open' || intent.status !== 'processing') return
  const debit = tx.edit('charge', charge)
  const decline = succeeds ? null : RETURNED
  const collected = { invoice: id, decline, intent: intentId, charge, payment }
  const method = debit.payment_method
  const session = tx
    .all('checkout.session')
    .find((row) => row.invoice !== null && row.invoice !== undefined && idOf(row.invoice) === id)
  debit.status = succeeds ? 'succeeded' : 'failed'
  debit.paid = succeeds
  if (succeeds) {
    succeed(intent, method)
    settle(invoice, tx.edit('invoice_payment', payment), intent, tx.now)
  } else {
    debit.failure_code = RETURNED.code
    debit.failure_message = RETURNED.message
    fail(tx, intent, method, RETURNED)
    if (!session) planRetry(tx, id)
  }
  if (session && succeeds) tx.edit('checkout.session', session.id).payment_status = 'paid'
  tellPayment(tx, collected, false)
  tellOutcome(tx, collected)
  if (!session) return settleSubscription(tx, collected)
  // What Checkout began stays active; only its first invoice is given up.
  if (!succeeds) markVoid(tx, id)
  const word = succeeds ? 'succeeded' : 'failed'
  tx.emit(`checkout.session.async_payment_${word}`, 'checkout.session', session.id)
}
