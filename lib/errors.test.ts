import { expect, it } from 'vitest'
import {
  BillingError,
  Conflict,
  Forbidden,
  Invalid,
  NotFound,
  PaymentRequired,
  PlanRequired,
  RateLimited,
  Unauthenticated,
  Unavailable,
} from './errors'

it.each([
  ['unauthenticated', 'Unauthenticated', new Unauthenticated('signed_out')],
  ['forbidden', 'Forbidden', new Forbidden('account_may_not_sign_in')],
  ['not_found', 'NotFound', new NotFound('no_billing')],
  ['conflict', 'Conflict', new Conflict('only_sign_in_method')],
  ['invalid', 'Invalid', new Invalid('unknown_plan')],
  ['rate_limited', 'RateLimited', new RateLimited('too_many_tries', 30)],
  ['payment_required', 'PaymentRequired', new PaymentRequired('card_declined')],
  [
    'payment_required',
    'PlanRequired',
    new PlanRequired('plan_required', {
      feature: 'api_access',
      plan: 'studio',
      planName: 'Studio',
    }),
  ],
  ['unavailable', 'Unavailable', new Unavailable('records_away')],
])('a refusal that is %s has a code for machines and a name for logs', (code, name, error) => {
  expect(error).toBeInstanceOf(BillingError)
  expect(error.code).toBe(code)
  expect(String(error)).toBe(`${name}: ${error.message}`)
})

it('an invalid form names each wrong field, and too many requests say when to come back', () => {
  const fields = { plan: 'Choose one.' }
  expect(new Invalid('unknown_plan', fields).fields).toEqual(fields)
  expect(new Invalid('unknown_plan').fields).toEqual({})
  expect(new RateLimited('too_many_tries', 30).retryAfterSeconds).toBe(30)
})

it('what a refusal says is the sentence of its reason, or words that no page shows', () => {
  const refused = new Conflict('only_sign_in_method')
  expect(refused.reason).toBe('only_sign_in_method')
  expect(refused.message).toBe('That is the only way into your account, so it stays.')
  const unseen = new Conflict({ internal: 'Stripe has cus_1.' })
  expect([unseen.reason, unseen.message]).toEqual([null, 'Stripe has cus_1.'])
})
