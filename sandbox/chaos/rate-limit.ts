import { ApiError } from '@/sandbox/http/api-error'
import { changeAt, type Sandbox } from '@/sandbox/sandbox'
import { chaosOf, setChaos } from './chaos'

/** Refuses this request if some are to be refused, and counts it. Throws ApiError 429. */
export function refuseIfAsked(sandbox: Sandbox) {
  const { rate_limit } = chaosOf(sandbox.store)
  if (rate_limit === 0) return
  changeAt(sandbox, sandbox.clock.now(), null, (tx) => setChaos(tx, { rate_limit: rate_limit - 1 }))
  throw new ApiError(429, {
    type: 'invalid_request_error',
    code: 'rate_limit',
    message:
      'Request rate limit exceeded. Learn more about rate limits here https://stripe.com/docs/rate-limits.',
    doc_url: 'https://stripe.com/docs/error-codes/rate-limit',
  })
}

/** Distinguishes it from a 429 for a locked object, which has no such header. */
export const RATE_LIMITED = { 'Stripe-Rate-Limited-Reason': 'global-rate' }
