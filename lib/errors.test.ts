import { expect, it } from 'vitest'
import {
  BillingError,
  Conflict,
  Forbidden,
  Invalid,
  NotFound,
  PaymentRequired,
  RateLimited,
  Unauthenticated,
  Unavailable,
} from './errors'

it.each([
  ['unauthenticated', 'Unauthenticated', new Unauthenticated('Sign in.')],
  ['forbidden', 'Forbidden', new Forbidden('Not yours.')],
  ['not_found', 'NotFound', new NotFound('No such thing.')],
  ['conflict', 'Conflict', new Conflict('Already canceled.')],
  ['invalid', 'Invalid', new Invalid('Choose a plan.')],
  ['rate_limited', 'RateLimited', new RateLimited('Slow down.', 30)],
  ['payment_required', 'PaymentRequired', new PaymentRequired('Your card was declined.')],
  ['unavailable', 'Unavailable', new Unavailable('Try again.')],
])('a refusal that is %s has a code for machines and a name for logs', (code, name, error) => {
  expect(error).toBeInstanceOf(BillingError)
  expect(error.code).toBe(code)
  expect(String(error)).toBe(`${name}: ${error.message}`)
})

it('an invalid form names each wrong field, and too many requests say when to come back', () => {
  expect(new Invalid('Look again.', { plan: 'Choose one.' }).fields).toEqual({
    plan: 'Choose one.',
  })
  expect(new Invalid('Look again.').fields).toEqual({})
  expect(new RateLimited('Slow down.', 30).retryAfterSeconds).toBe(30)
})
