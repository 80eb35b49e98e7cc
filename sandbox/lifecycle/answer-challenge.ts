import { ApiError } from '@/sandbox/http/api-error'
import type { Sandbox } from '@/sandbox/sandbox'
import { BUSINESS_NAME } from '@/sandbox/settings'
import type { Challenge } from '@/sandbox/store/records'
import type { Tx } from '@/sandbox/store/transaction'
import { declineOfAnswer } from './challenge-decline'
import { afterWebhook } from './checkout/after-webhook'
import { completed, declined, requireOpen } from './checkout/attempt'
import { completeSession } from './checkout/complete'
import type { PaymentResult } from './payment-result'
import { adoptCard } from './portal/replace-card'

export interface ChallengeView {
  businessName: string
  /** Integer minor units; 0 when a card is only saved. */
  amount: number
  currency: string
  last4: string
  /** The path of the page that the bank's question interrupts. */
  returnTo: string
}

/** What the bank's page shows. Throws ApiError 404 for an unknown challenge. */
export function challengeView(sandbox: Sandbox, id: string): ChallengeView {
  return sandbox.changeFor(id, (tx) => {
    const { amount, currency, paymentMethod, purpose } = tx.get('challenge', id)
    const returnTo =
      purpose.kind === 'checkout' ? `/c/pay/${purpose.session}` : `/p/session/${purpose.token}`
    return {
      businessName: BUSINESS_NAME,
      amount,
      currency,
      last4: paymentMethod.card?.last4 ?? '',
      returnTo,
    }
  })
}

/** Answers the bank's question, and goes on with what it interrupted. Each challenge can be answered once. */
export async function answerChallenge(
  sandbox: Sandbox,
  id: string,
  answer: 'complete' | 'fail',
): Promise<PaymentResult> {
  const { purpose } = sandbox.changeFor(id, (tx) => tx.get('challenge', id))
  const result = sandbox.changeFor(id, (tx) => {
    const challenge = tx.edit('challenge', id)
    if (challenge.answered) throw ApiError.invalid('This question was answered before.')
    challenge.answered = true
    const decline = declineOfAnswer(challenge.behavior, answer, challenge.amount)
    return decline ? declined(decline) : carryOn(tx, sandbox, challenge)
  })
  return purpose.kind === 'checkout' ? afterWebhook(sandbox, purpose.session, result) : result
}

function carryOn(
  tx: Tx,
  sandbox: Sandbox,
  { purpose, paymentMethod, behavior }: Challenge,
): PaymentResult {
  const card = { method: paymentMethod, behavior }
  if (purpose.kind === 'portal') return adoptCard(tx, purpose.token, card)
  requireOpen(tx, purpose.session)
  completeSession(tx, sandbox.settings, purpose.session, card, paymentMethod.billing_details.email)
  return completed(tx, purpose.session)
}
