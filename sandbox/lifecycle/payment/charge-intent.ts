import type Stripe from 'stripe'
import { idOf, optionalId } from '@/sandbox/ids'
import { plan } from '@/sandbox/lifecycle/plan'
import type { CardBehavior } from '@/sandbox/objects/card-behavior'
import { newCharge } from '@/sandbox/objects/charge'
import type { Decline } from '@/sandbox/objects/test-cards'
import type { Planned } from '@/sandbox/store/records'
import type { Tx } from '@/sandbox/store/transaction'
import { askCardholder } from './ask-cardholder'
import { recordCharge } from './book'
import { asksCardholder, behaviorNow, declineOf, type Presence } from './decline'

// Bank debits take about this long in the United States.
const SETTLES_AFTER = 4 * 86_400

/** How an attempt at an intent went. */
export interface Attempt {
  /** Why it is not paid; that the bank asks is among the reasons. */
  decline: Decline | null
  charge: string | null
  /** The bank has taken the order, and has not answered yet. */
  processing: boolean
}

/** What an intent collects, when that is an invoice. */
interface About {
  invoice: string
  payment: string
}

/** Tries to collect an intent from a payment method. Emits nothing: the caller does. */
export function chargeIntent(
  tx: Tx,
  intent: Stripe.PaymentIntent,
  method: string | null,
  presence: Presence,
  about: About | null,
): Attempt {
  const decline = declineOf(tx, method, presence)
  const behavior = method === null ? undefined : behaviorNow(tx, method)
  if (method && tx.find('card', method)?.once) delete tx.edit('card', method).once
  if (method && asksCardholder(decline)) {
    askCardholder(tx, intent, method)
    return { decline, charge: null, processing: false }
  }
  if (method === null) {
    if (decline) fail(tx, intent, null, decline)
    return { decline, charge: null, processing: false }
  }
  const paid = tx.get('payment_method', method)
  const made = newCharge(tx.now, intent, paid, decline, behavior?.risk ?? 'normal')
  const charge = tx.insert('charge', made)
  intent.latest_charge = charge.id
  if (decline) {
    fail(tx, intent, method, decline)
    return { decline, charge: charge.id, processing: false }
  }
  if (behavior?.settles) {
    waitForBank(tx, intent, charge, about, behavior.settles)
    return { decline, charge: charge.id, processing: true }
  }
  if (intent.capture_method === 'manual') authorize(intent, charge)
  else {
    succeed(intent, method)
    recordCharge(tx, charge)
    // What is only authorized is disputed, if at all, when it is captured.
    if (behavior) planAftermath(tx, charge, behavior)
  }
  return { decline, charge: charge.id, processing: false }
}

/** An intent that was paid. */
export function succeed(intent: Stripe.PaymentIntent, method: string | null) {
  intent.status = 'succeeded'
  intent.amount_received = intent.amount
  intent.amount_capturable = 0
  intent.payment_method = method
  intent.last_payment_error = null
  intent.next_action = null
}

/** An intent that was refused, and why. */
export function fail(
  tx: Tx,
  intent: Stripe.PaymentIntent,
  method: string | null,
  decline: Decline,
) {
  intent.status = 'requires_payment_method'
  intent.payment_method = null
  intent.next_action = null
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

/** What comes of a charge at once: its issuer warns of it, or the cardholder disputes it, once or more. */
export function planAftermath(
  tx: Tx,
  { id: charge, customer }: Readonly<Stripe.Charge>,
  { disputes, disputesAgain, warns }: Pick<CardBehavior, 'disputes' | 'disputesAgain' | 'warns'>,
) {
  const comes = (id: string, what: Planned['what']) =>
    plan(tx, optionalId(customer), { id: `${id}:${charge}`, at: tx.now, what })
  if (warns) comes('fraud_warning', { kind: 'fraud_warning', charge })
  if (disputes) comes('dispute', { kind: 'dispute', charge, as: disputes })
  if (disputes && disputesAgain) comes('dispute_again', { kind: 'dispute', charge, as: disputes })
}

/** The bank has set the money aside; the seller takes it later, or lets it go. */
function authorize(intent: Stripe.PaymentIntent, charge: Stripe.Charge) {
  intent.status = 'requires_capture'
  intent.amount_capturable = intent.amount
  intent.payment_method = charge.payment_method
  intent.last_payment_error = null
  intent.next_action = null
  charge.captured = false
  charge.amount_captured = 0
}

function waitForBank(
  tx: Tx,
  intent: Stripe.PaymentIntent,
  charge: Stripe.Charge,
  about: About | null,
  settles: 'succeeds' | 'fails' | 'never',
) {
  intent.status = 'processing'
  intent.payment_method = charge.payment_method
  intent.last_payment_error = null
  intent.next_action = null
  charge.status = 'pending'
  charge.paid = false
  charge.captured = false
  charge.amount_captured = 0
  if (settles === 'never') return
  plan(tx, optionalId(charge.customer), {
    id: `settlement:${charge.id}`,
    at: tx.now + SETTLES_AFTER,
    what: {
      kind: 'settlement',
      invoice: about?.invoice ?? null,
      payment: about?.payment ?? null,
      intent: intent.id,
      charge: charge.id,
      succeeds: settles === 'succeeds',
    },
  })
}
