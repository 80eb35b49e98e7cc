import { beforeEach, describe, expect, test, vi } from 'vitest'
import {
  Conflict,
  Forbidden,
  Invalid,
  NotFound,
  PaymentRequired,
  PlanRequired,
  RateLimited,
  Unauthenticated,
  Unavailable,
} from '@/lib/errors'
import { apiRoute } from './api-route'

const logged = vi.hoisted((): unknown[] => [])
vi.mock('@/lib/log', () => ({ log: { error: (entry: unknown) => logged.push(entry) } }))

const PATIENCE = { answer: 10_000, query: 1_000 }

beforeEach(() => {
  logged.length = 0
})

/** What a program reads when something throws. */
async function reads(error: unknown) {
  const answer = await apiRoute(PATIENCE, async () => {
    throw error
  })()
  expect(answer.headers.get('content-type')).toBe('application/json')
  expect(answer.headers.get('cache-control')).toBe('private, no-store')
  return { status: answer.status, body: await answer.json(), headers: answer.headers }
}

describe('what a program reads of an API route', () => {
  test.each([
    [new Unauthenticated('signed_out'), 401, 'unauthenticated'],
    [new Forbidden('account_may_not_sign_in'), 403, 'forbidden'],
    [new NotFound('no_billing'), 404, 'not_found'],
    [new Conflict('checkout_opening'), 409, 'conflict'],
    [new Invalid('unknown_plan'), 400, 'invalid'],
    [new PaymentRequired('card_declined'), 402, 'payment_required'],
  ])('a refusal is its code: %s', async (error, status, code) => {
    expect(await reads(error)).toMatchObject({ status, body: { error: code } })
    expect(logged).toEqual([])
  })

  test('a plan without the feature is 402, with the feature and the plan that has it', async () => {
    const needs = { feature: 'api_access', plan: 'studio', planName: 'Studio' }
    const { status, body } = await reads(new PlanRequired('plan_required', needs))
    const says = { reason: 'plan_required', feature: 'api_access', plan: 'studio' }
    expect([status, body]).toEqual([402, { error: 'payment_required', ...says }])
  })

  test('a feature that no payment brings is 403, with the reason', async () => {
    const { status, body } = await reads(new Forbidden('feature_withheld'))
    expect([status, body]).toEqual([403, { error: 'forbidden', reason: 'feature_withheld' }])
  })

  test('too many requests say when to come again', async () => {
    const { status, body, headers } = await reads(new RateLimited('too_many_tries', 17))
    expect([status, body, headers.get('retry-after')]).toEqual([
      429,
      { error: 'rate_limited' },
      '17',
    ])
  })

  test('a request that cannot be answered now gets 503, and the response does not show why', async () => {
    const query = { query: 'select secret', cause: new Error('relation "x" does not exist') }
    const failures = [
      new Unavailable('records_away'),
      Object.assign(new Error('A query failed.'), query),
      Object.assign(new Error('no such table'), { severity_local: 'ERROR', code: '42P01' }),
    ]
    for (const failure of failures) {
      const { status, body, headers } = await reads(failure)
      expect([status, body]).toEqual([503, { error: 'unavailable' }])
      expect(Number(headers.get('retry-after'))).toBeGreaterThan(0)
    }
    expect(logged).toHaveLength(failures.length)
  })

  test('an unexpected error is 500 with a reference, under which the log has the cause', async () => {
    const { status, body } = await reads(new TypeError('x is not a function'))
    expect([status, body]).toEqual([
      500,
      { error: 'internal', ref: expect.stringMatching(/^[0-9a-f]{8}$/) },
    ])
    expect(logged).toMatchObject([{ ref: body.ref }])
  })

  test('what takes too long is 503, although the work goes on', async () => {
    vi.useFakeTimers()
    const answering = apiRoute(PATIENCE, () => new Promise<never>(() => {}))()
    await vi.advanceTimersByTimeAsync(PATIENCE.answer)
    vi.useRealTimers()
    expect((await answering).status).toBe(503)
  })
})
