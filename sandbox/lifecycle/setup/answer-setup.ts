import { ApiError } from '@/sandbox/http/api-error'
import { idOf, optionalId } from '@/sandbox/ids'
import type { ChallengeView } from '@/sandbox/lifecycle/answer-challenge'
import { NOT_RECOGNIZED } from '@/sandbox/lifecycle/challenge-decline'
import type { Sandbox } from '@/sandbox/sandbox'
import { BUSINESS_NAME } from '@/sandbox/settings'
import type { Tx } from '@/sandbox/store/transaction'
import { failSetup, trySetup } from './try-setup'

/**
 * What the bank's page shows for a card that is to be saved. Throws ApiError 404 for an unknown
 * intent, 400 for one that does not wait.
 */
export function setupView(sandbox: Sandbox, id: string): ChallengeView {
  return sandbox.changeFor(id, (tx) => {
    const { payment_method } = waiting(tx, id)
    const method = tx.find('payment_method', optionalId(payment_method) ?? '')
    return {
      businessName: BUSINESS_NAME,
      amount: 0,
      currency: 'usd',
      last4: method?.card?.last4 ?? '',
      returnTo: afterwards(tx, id),
    }
  })
}

/** The cardholder has answered the bank: the card is saved, or another one is needed. Returns where to go on. */
export function answerSetup(sandbox: Sandbox, id: string, answer: 'complete' | 'fail'): string {
  return sandbox.changeFor(id, (tx) => {
    const next = afterwards(tx, id)
    const method = idOf(waiting(tx, id).payment_method ?? '')
    const intent = tx.edit('setup_intent', id)
    if (answer === 'complete') trySetup(tx, intent, method, true)
    else
      failSetup(tx, intent, method, {
        ...NOT_RECOGNIZED,
        code: 'setup_intent_authentication_failure',
      })
    return next
  })
}

function waiting(tx: Tx, id: string) {
  const intent = tx.get('setup_intent', id)
  if (intent.status === 'requires_action') return intent
  throw ApiError.invalid('This card does not wait for an answer any more.')
}

/** Where the page that asked wants its visitor back. */
function afterwards(tx: Tx, id: string): string {
  return tx.get('setup_intent', id).next_action?.redirect_to_url?.return_url ?? '/dashboard'
}
