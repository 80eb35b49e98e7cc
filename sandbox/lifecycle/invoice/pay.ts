import type Stripe from 'stripe'
import { idOf } from '@/sandbox/ids'
import { chargeIntent } from '@/sandbox/lifecycle/payment/charge-intent'
import { asksCardholder, type Presence } from '@/sandbox/lifecycle/payment/decline'
import type { Decline } from '@/sandbox/objects/test-cards'
import type { Tx } from '@/sandbox/store/transaction'

/** What an attempt to collect an invoice touched, for the events about it. All null when there was nothing to pay. */
export interface Collected {
  invoice: string
  decline: Decline | null
  intent: string | null
  charge: string | null
  payment: string | null
  /** The bank has taken the order, and has not answered yet. */
  processing?: boolean
  /** No payment was asked for yet: the caller sees to that. */
  waits?: boolean
}

/** Charges what an open invoice still asks for. A refusal is returned, and is on the invoice and its intent. */
export function pay(tx: Tx, id: string, method: string | null, presence: Presence): Collected {
  const invoice = tx.edit('invoice', id)
  const nothing = { invoice: id, decline: null, intent: null, charge: null, payment: null }
  if (invoice.status !== 'open') return nothing
  const payment = tx.by('invoice_payment', 'invoice', id).find(({ status }) => status === 'open')
  const intentId = payment?.payment.payment_intent
  if (!payment || !intentId) return nothing
  const intent = tx.edit('payment_intent', idOf(intentId))
  if (intent.status === 'processing') return { ...nothing, processing: true }
  const { decline, charge, processing } = chargeIntent(tx, intent, method, presence, {
    invoice: id,
    payment: payment.id,
  })
  // A bank that asks is no attempt, unless it was time for one.
  if (!asksCardholder(decline) || presence.scheduled) countAttempt(invoice)
  // It is not tried again before the bank has answered.
  if (processing) invoice.next_payment_attempt = null
  else if (!decline) settle(invoice, tx.edit('invoice_payment', payment.id), intent, tx.now)
  return { invoice: id, decline, intent: intent.id, charge, payment: payment.id, processing }
}

function countAttempt(invoice: Stripe.Invoice) {
  invoice.attempted = true
  invoice.attempt_count += 1
}

/** An invoice that its intent has paid. */
export function settle(
  invoice: Stripe.Invoice,
  payment: Stripe.InvoicePayment,
  intent: Stripe.PaymentIntent,
  now: number,
) {
  payment.status = 'paid'
  payment.amount_paid = intent.amount
  payment.status_transitions.paid_at = now
  invoice.status = 'paid'
  invoice.amount_paid = intent.amount
  invoice.amount_remaining = 0
  invoice.auto_advance = false
  invoice.next_payment_attempt = null
  invoice.status_transitions.paid_at = now
}
