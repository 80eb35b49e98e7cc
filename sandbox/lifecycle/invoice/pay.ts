import type Stripe from 'stripe'
import { idOf, optionalId } from '@/sandbox/ids'
import { plan } from '@/sandbox/lifecycle/plan'
import { newCharge } from '@/sandbox/objects/charge'
import type { Decline } from '@/sandbox/objects/test-cards'
import type { Tx } from '@/sandbox/store/transaction'
import { behaviourNow, declineOf, type Presence } from './decline'

// Bank debits take about this long in the United States.
const SETTLES_AFTER = 4 * 86_400

/** What an attempt to collect an invoice touched, for telling about it. All null when there was nothing to pay. */
export interface Collected {
  invoice: string
  decline: Decline | null
  intent: string | null
  charge: string | null
  payment: string | null
  /** The bank has taken the order, and has not answered yet. */
  processing?: boolean
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
  const decline = declineOf(tx, method, presence)
  const { settles, disputes } = (method && behaviourNow(tx, method)) || {}
  if (method && tx.find('card', method)?.once) delete tx.edit('card', method).once
  const charge =
    method === null
      ? null
      : tx.insert('charge', newCharge(tx.now, intent, tx.get('payment_method', method), decline))
  invoice.attempted = true
  invoice.attempt_count += 1
  if (charge) intent.latest_charge = charge.id
  if (settles && charge && !decline) {
    // Nobody tries again before the bank has answered.
    invoice.next_payment_attempt = null
    wait(tx, intent, charge, { invoice: id, payment: payment.id, succeeds: settles === 'succeeds' })
    return {
      ...nothing,
      intent: intent.id,
      charge: charge.id,
      payment: payment.id,
      processing: true,
    }
  }
  if (disputes && charge && !decline)
    plan(tx, optionalId(charge.customer), {
      id: `dispute:${charge.id}`,
      at: tx.now,
      what: { kind: 'dispute', charge: charge.id },
    })
  if (decline) fail(tx, intent, method, decline)
  else {
    succeed(intent, method)
    settle(invoice, tx.edit('invoice_payment', payment.id), intent, tx.now)
  }
  return {
    invoice: id,
    decline,
    intent: intent.id,
    charge: charge?.id ?? null,
    payment: payment.id,
  }
}

function wait(
  tx: Tx,
  intent: Stripe.PaymentIntent,
  charge: Stripe.Charge,
  about: { invoice: string; payment: string; succeeds: boolean },
) {
  intent.status = 'processing'
  intent.payment_method = charge.payment_method
  intent.last_payment_error = null
  charge.status = 'pending'
  charge.paid = false
  const what = { kind: 'settlement', ...about, intent: intent.id, charge: charge.id } as const
  plan(tx, optionalId(charge.customer), {
    id: `settlement:${charge.id}`,
    at: tx.now + SETTLES_AFTER,
    what,
  })
}

/** An intent that was paid. */
export function succeed(intent: Stripe.PaymentIntent, method: string | null) {
  intent.status = 'succeeded'
  intent.amount_received = intent.amount
  intent.payment_method = method
  intent.last_payment_error = null
  intent.next_action = null
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

/** An intent that was refused, and why. */
export function fail(
  tx: Tx,
  intent: Stripe.PaymentIntent,
  method: string | null,
  decline: Decline,
) {
  intent.status =
    decline.code === 'authentication_required' ? 'requires_action' : 'requires_payment_method'
  intent.last_payment_error = {
    ...(intent.latest_charge ? { charge: idOf(intent.latest_charge) } : {}),
    code: decline.code,
    decline_code: decline.declineCode,
    message: decline.message,
    ...(method === null
      ? {}
      : { payment_method: structuredClone(tx.get('payment_method', method)) }),
    type: 'card_error',
  }
}
