import { ApiError } from '@/sandbox/http/api-error'
import { newId } from '@/sandbox/ids'
import { checkCard, normalized } from '@/sandbox/lifecycle/card-check'
import type { CardForm } from '@/sandbox/lifecycle/card-form'
import { chargeDecline } from '@/sandbox/lifecycle/payment/decline'
import type { PaymentResult } from '@/sandbox/lifecycle/payment-result'
import { isTaxId } from '@/sandbox/lifecycle/tax/tax-ids'
import type { CardBehavior } from '@/sandbox/objects/card-behavior'
import { newMethod } from '@/sandbox/objects/payment-method'
import { behaviorOf, type Decline } from '@/sandbox/objects/test-cards'
import type { Settings } from '@/sandbox/settings'
import type { Tx } from '@/sandbox/store/transaction'
import type { AcceptedCard } from './accepted-card'
import { dueNow } from './amounts'
import { completeSession } from './complete'
import { returnUrlOf, successUrlOf } from './urls'

/** Tries to pay an open session with a card. A refused card leaves no trace: the session stays open. */
export function attemptSession(
  tx: Tx,
  settings: Settings,
  sessionId: string,
  form: CardForm,
): PaymentResult {
  requireOpen(tx, sessionId)
  const card = normalized(form)
  noteTaxId(tx, sessionId, form)
  const wrong = checkCard(card, tx.now)
  if (wrong) return declined(wrong)
  const accepted = { method: newMethod(tx.now, card), behavior: behaviorOf(card.number) }
  return attemptWith(tx, settings, sessionId, accepted, card.email ?? null)
}

/** As `attemptSession`, with a payment method that is made already. */
export function attemptWith(
  tx: Tx,
  settings: Settings,
  sessionId: string,
  { method, behavior }: AcceptedCard,
  email: string | null,
): PaymentResult {
  requireOpen(tx, sessionId)
  const amount = dueNow(tx, sessionId)
  const decline = firstDecline(behavior, amount)
  if (decline && decline.code !== 'authentication_required') return declined(decline)
  if (decline) {
    const currency = tx.get('checkout.session', sessionId).currency ?? 'usd'
    const purpose = { kind: 'checkout' as const, session: sessionId }
    const id = newId('payatt')
    tx.insert('challenge', {
      id,
      purpose,
      paymentMethod: method,
      behavior,
      amount,
      currency,
      answered: false,
    })
    return { kind: 'requires_action', challenge: id }
  }
  completeSession(tx, settings, sessionId, { method, behavior }, email)
  return completed(tx, sessionId)
}

/** A tax id is kept until the session is paid, also while the bank asks. */
function noteTaxId(tx: Tx, sessionId: string, { taxId }: CardForm) {
  if (!taxId || !tx.get('checkout_terms', sessionId).taxes.asksId) return
  if (!isTaxId(taxId.type, taxId.value))
    throw ApiError.invalid('This tax ID is not valid.', 'tax_id')
  tx.edit('checkout_terms', sessionId).taxes.id = taxId
}

/** Throws ApiError 400 unless the session can still be paid. */
export function requireOpen(tx: Tx, sessionId: string) {
  const { status } = tx.get('checkout.session', sessionId)
  if (status === 'open') return
  throw ApiError.invalid(
    `This Checkout Session is ${status}, and can no longer be paid. Make a new one.`,
    undefined,
    'checkout_session_not_open',
  )
}

/** The result of a session that was just finished. */
export function completed(tx: Tx, sessionId: string): PaymentResult {
  const session = tx.get('checkout.session', sessionId)
  const kind = session.payment_status === 'unpaid' ? 'processing' : 'complete'
  return { kind, redirect: successUrlOf(session) ?? returnUrlOf(session) ?? '' }
}

/** The result of a card that was refused. */
export function declined({ message, declineCode }: Decline): PaymentResult {
  return { kind: 'declined', message, declineCode }
}

/** What saving, or charging, a card meets first while the cardholder is there. */
export function firstDecline(behavior: CardBehavior, amount: number): Decline | null {
  if (behavior.onAttach) return behavior.onAttach
  const presence = { present: true, authenticated: false }
  return chargeDecline(amount > 0 ? behavior : { ...behavior, onCharge: null }, presence)
}
