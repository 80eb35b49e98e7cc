import { ApiError } from '@/sandbox/http/api-error'
import { idOf, optionalId } from '@/sandbox/ids'
import type { ChallengeView } from '@/sandbox/lifecycle/answer-challenge'
import { NOT_RECOGNIZED } from '@/sandbox/lifecycle/challenge-decline'
import { payByHand } from '@/sandbox/lifecycle/invoice/pay-by-hand'
import type { Sandbox } from '@/sandbox/sandbox'
import { BUSINESS_NAME } from '@/sandbox/settings'
import type { Tx } from '@/sandbox/store/transaction'
import { fail } from './charge-intent'
import { collectIntent } from './collect-intent'

/**
 * What the bank's page shows for an intent that waits for its cardholder. Throws ApiError 404 for
 * an unknown one, 400 for one that does not wait.
 */
export function intentView(sandbox: Sandbox, id: string): ChallengeView {
  return sandbox.changeFor(id, (tx) => {
    const { amount, currency, payment_method } = waiting(tx, id)
    const method = tx.find('payment_method', optionalId(payment_method) ?? '')
    return {
      businessName: BUSINESS_NAME,
      amount,
      currency,
      last4: method?.card?.last4 ?? '',
      returnTo: afterwards(tx, id),
    }
  })
}

/**
 * The cardholder has answered the bank: the intent is charged, or needs another payment method.
 * Returns where to go on.
 */
export function answerIntent(sandbox: Sandbox, id: string, answer: 'complete' | 'fail'): string {
  return sandbox.changeFor(id, (tx) => {
    waiting(tx, id)
    const intent = tx.edit('payment_intent', id)
    const method = idOf(intent.payment_method ?? '')
    const next = afterwards(tx, id)
    const [link] = tx.by('invoice_payment', 'intent', id)
    if (answer === 'fail') {
      fail(tx, intent, method, NOT_RECOGNIZED)
      tx.emit('payment_intent.payment_failed', 'payment_intent', id)
      if (link) tx.emit('invoice.payment_failed', 'invoice', idOf(link.invoice))
      return next
    }
    const presence = { present: true, authenticated: true }
    if (link) payByHand(tx, idOf(link.invoice), method, presence)
    else collectIntent(tx, intent, method, presence)
    return next
  })
}

function waiting(tx: Tx, id: string) {
  const intent = tx.get('payment_intent', id)
  if (intent.status === 'requires_action') return intent
  throw ApiError.invalid('This payment does not wait for an answer any more.')
}

/** Where the page that asked wants its visitor back, or the page of the invoice. */
function afterwards(tx: Tx, id: string): string {
  const back = tx.get('payment_intent', id).next_action?.redirect_to_url?.return_url
  const [link] = tx.by('invoice_payment', 'intent', id)
  return back ?? (link ? `/i/${idOf(link.invoice)}` : '/dashboard')
}
