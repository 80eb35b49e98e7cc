import { ApiError } from '@/sandbox/http/api-error'
import { answerIntent } from '@/sandbox/lifecycle/payment/answer-intent'
import type { Sandbox } from '@/sandbox/sandbox'
import { parseJson } from './parse-json'

/** Answers the bank's question about a payment in its holder's place. */
export function authenticateIntent(sandbox: Sandbox, id: string, body: string) {
  const { outcome = 'complete' } = parseJson(body || '{}')
  if (outcome !== 'complete' && outcome !== 'fail')
    throw ApiError.invalid('"outcome" must be "complete" or "fail".')
  answerIntent(sandbox, id, outcome)
  return { status: sandbox.store.find('payment_intent', id)?.status ?? null }
}
