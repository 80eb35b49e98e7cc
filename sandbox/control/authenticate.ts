import { ApiError } from '@/sandbox/http/api-error'
import { answerIntent } from '@/sandbox/lifecycle/payment/answer-intent'
import { answerSetup } from '@/sandbox/lifecycle/setup/answer-setup'
import type { Sandbox } from '@/sandbox/sandbox'
import { parseJson } from './parse-json'

/** Answers the bank's question about a payment, or a card that is to be saved, in the cardholder's place. */
export function authenticateIntent(sandbox: Sandbox, id: string, body: string) {
  const { outcome = 'complete' } = parseJson(body || '{}')
  if (outcome !== 'complete' && outcome !== 'fail')
    throw ApiError.invalid('"outcome" must be "complete" or "fail".')
  if (id.startsWith('seti_')) answerSetup(sandbox, id, outcome)
  else answerIntent(sandbox, id, outcome)
  const { store } = sandbox
  const { status } = store.find('setup_intent', id) ?? store.find('payment_intent', id) ?? {}
  return { status: status ?? null }
}
