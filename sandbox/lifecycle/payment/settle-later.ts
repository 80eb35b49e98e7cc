import type Stripe from 'stripe'
import { optionalId } from '@/sandbox/ids'
import { planRetry, settleSubscription } from '@/sandbox/lifecycle/invoice/collect'
import { emitOutcome, emitPayment } from '@/sandbox/lifecycle/invoice/emit'
import { markVoid } from '@/sandbox/lifecycle/invoice/mark-void'
import { type Collected, settle } from '@/sandbox/lifecycle/invoice/pay'
import type { Decline } from '@/sandbox/objects/test-cards'
import type { Settlement } from '@/sandbox/store/records'
import type { Tx } from '@/sandbox/store/transaction'
import { recordCharge } from './book'
import { fail, planAftermath, succeed } from './charge-intent'

/** The bank has answered, days later: the debit went through, or came back. */
export function settleLater(tx: Tx, settlement: Settlement) {
  const { invoice, intent: id, charge: chargeId, payment, succeeds } = settlement
  if (tx.get('payment_intent', id).status !== 'processing') return
  const charge = tx.edit('charge', chargeId)
  const decline = succeeds ? null : returnedBy(tx, charge)
  if (decline) comeBack(tx, id, charge, decline)
  else arrive(tx, id, charge)
  const session = sessionOf(tx, settlement)
  if (session && succeeds) tx.edit('checkout.session', session).payment_status = 'paid'
  if (invoice !== null && payment !== null)
    answerInvoice(tx, { invoice, decline, intent: id, charge: chargeId, payment }, session !== null)
  else emitPayment(tx, { invoice: '', decline, intent: id, charge: chargeId, payment }, false)
  if (!session) return
  const word = succeeds ? 'succeeded' : 'failed'
  tx.emit(`checkout.session.async_payment_${word}`, 'checkout.session', session)
}

function arrive(tx: Tx, id: string, charge: Stripe.Charge) {
  charge.status = 'succeeded'
  charge.paid = true
  charge.captured = true
  charge.amount_captured = charge.amount
  succeed(tx.edit('payment_intent', id), charge.payment_method)
  recordCharge(tx, charge)
  const behavior = tx.find('card', charge.payment_method ?? '')?.behavior
  if (behavior) planAftermath(tx, charge, behavior)
}

function comeBack(tx: Tx, id: string, charge: Stripe.Charge, decline: Decline) {
  charge.status = 'failed'
  charge.failure_code = decline.code
  charge.failure_message = decline.message
  fail(tx, tx.edit('payment_intent', id), charge.payment_method, decline)
}

function returnedBy(tx: Tx, { payment_method }: Stripe.Charge): Decline {
  const returned = tx.find('card', payment_method ?? '')?.behavior.returned
  if (returned) return returned
  throw new TypeError(`The debit of ${payment_method} does not come back.`)
}

/**
 * What the bank's answer means for an invoice. What Checkout began stays active; only its first
 * invoice is given up.
 */
function answerInvoice(
  tx: Tx,
  collected: Collected & { intent: string; payment: string },
  first: boolean,
) {
  const { invoice: id, intent, payment, decline } = collected
  const invoice = tx.edit('invoice', id)
  // A bad debt is paid by money that comes after all, and stays one when it does not.
  const open = invoice.status === 'open' || (invoice.status === 'uncollectible' && !decline)
  if (open && !decline)
    settle(invoice, tx.edit('invoice_payment', payment), tx.get('payment_intent', intent), tx.now)
  if (open && decline && !first) planRetry(tx, id)
  emitPayment(tx, collected, false)
  if (!open) return
  emitOutcome(tx, collected)
  tx.emit('invoice.updated', 'invoice', id)
  if (!first) return settleSubscription(tx, collected)
  if (decline) markVoid(tx, id)
}

/** The Checkout session that this payment was made in, if it was. */
function sessionOf(tx: Tx, { invoice, intent }: Settlement): string | null {
  const found = tx
    .all('checkout.session')
    .find(
      (row) =>
        (invoice !== null && optionalId(row.invoice) === invoice) ||
        optionalId(row.payment_intent) === intent,
    )
  return found?.id ?? null
}
