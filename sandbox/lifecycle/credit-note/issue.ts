import type Stripe from 'stripe'
import { idOf, newId, optionalId } from '@/sandbox/ids'
import { moveBalance } from '@/sandbox/lifecycle/customer/move-balance'
import { settleSubscription } from '@/sandbox/lifecycle/invoice/collect'
import { cancelIntent } from '@/sandbox/lifecycle/payment/cancel-intent'
import { makeRefund } from '@/sandbox/lifecycle/refund/make'
import type { Tx } from '@/sandbox/store/transaction'
import type { Credit } from './credit'

/**
 * Issues a credit note: what is still owed becomes less, or what was paid is given back in the ways
 * that are asked for.
 */
export function issueCreditNote(
  tx: Tx,
  invoiceId: string,
  credit: Credit,
  given: Partial<Stripe.CreditNote>,
): Stripe.CreditNote {
  const invoice = tx.edit('invoice', invoiceId)
  const note = tx.insert('credit_note', newCreditNote(tx, invoice, credit, given))
  if (invoice.status === 'open') reduce(tx, invoice, credit.total)
  else giveBack(tx, invoice, note, credit)
  tx.emit('credit_note.created', 'credit_note', note.id)
  tx.emit('invoice.updated', 'invoice', invoiceId)
  return note
}

/** A credit note as it would be; nothing is written. */
export function newCreditNote(
  tx: Tx,
  invoice: Readonly<Stripe.Invoice>,
  { lines, subtotal, total, taxes, outOfBand }: Credit,
  given: Partial<Stripe.CreditNote>,
): Stripe.CreditNote {
  const before = tx.all('credit_note').filter((row) => idOf(row.invoice) === invoice.id).length
  const paid = invoice.status === 'paid'
  const id = newId('cn')
  const taxed = taxes.reduce((sum, { amount }) => sum + amount, 0)
  return {
    id,
    object: 'credit_note',
    amount: total,
    amount_shipping: 0,
    created: tx.now,
    currency: invoice.currency,
    customer: idOf(invoice.customer ?? ''),
    customer_account: null,
    customer_balance_transaction: null,
    discount_amount: 0,
    discount_amounts: [],
    effective_at: tx.now,
    invoice: invoice.id,
    lines: { object: 'list', data: lines, has_more: false, url: `/v1/credit_notes/${id}/lines` },
    livemode: false,
    memo: null,
    metadata: {},
    number: `${invoice.number}-CN-${String(before + 1).padStart(2, '0')}`,
    out_of_band_amount: outOfBand || null,
    pdf: `${tx.url}/i/${invoice.id}/pdf`,
    post_payment_amount: paid ? total : 0,
    pre_payment_amount: paid ? 0 : total,
    pretax_credit_amounts: [],
    reason: null,
    refunds: [],
    shipping_cost: null,
    status: 'issued',
    subtotal,
    subtotal_excluding_tax: subtotal,
    total,
    total_excluding_tax: total - taxed,
    total_taxes: taxes,
    type: paid ? 'post_payment' : 'pre_payment',
    voided_at: null,
    ...given,
  }
}

/** An open invoice asks for less; for nothing any more, it is paid. */
function reduce(tx: Tx, invoice: Stripe.Invoice, amount: number) {
  invoice.pre_payment_credit_notes_amount += amount
  invoice.amount_due -= amount
  invoice.amount_remaining -= amount
  for (const { id, status, payment } of tx.by('invoice_payment', 'invoice', invoice.id)) {
    if (status !== 'open') continue
    const intent = optionalId(payment.payment_intent)
    tx.edit('invoice_payment', id).amount_requested = invoice.amount_remaining
    if (intent && invoice.amount_remaining > 0)
      tx.edit('payment_intent', intent).amount = invoice.amount_remaining
    if (invoice.amount_remaining > 0) continue
    tx.edit('invoice_payment', id).status = 'canceled'
    if (intent) cancelIntent(tx, intent, 'void_invoice')
  }
  if (invoice.amount_remaining > 0) return
  invoice.status = 'paid'
  invoice.auto_advance = false
  invoice.next_payment_attempt = null
  invoice.status_transitions.paid_at = tx.now
  tx.emit('invoice.paid', 'invoice', invoice.id)
  const free = { invoice: invoice.id, decline: null, intent: null, charge: null, payment: null }
  settleSubscription(tx, free)
}

/** What was paid comes back: to the card, to the customer's balance, or in a way that is not seen here. */
function giveBack(tx: Tx, invoice: Stripe.Invoice, note: Stripe.CreditNote, credit: Credit) {
  invoice.post_payment_credit_notes_amount += credit.total
  if (credit.toBalance > 0)
    note.customer_balance_transaction = moveBalance(tx, idOf(invoice.customer ?? ''), {
      amount: -credit.toBalance,
      currency: invoice.currency,
      type: 'credit_note',
      credit_note: note.id,
      invoice: invoice.id,
    }).id
  if (credit.refunded === 0 || credit.charge === null) return
  const refund = makeRefund(tx, credit.charge, {
    amount: credit.refunded,
    reason: 'requested_by_customer',
    metadata: {},
  })
  note.refunds = [
    {
      amount_refunded: credit.refunded,
      payment_record_refund: null,
      refund: refund.id,
      type: 'refund',
    },
  ]
}
