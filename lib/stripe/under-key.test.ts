import Stripe from 'stripe'
import { describe, expect, test } from 'vitest'
import { underKey } from './under-key'

/** A Stripe that keeps its first answer to each key, as it does for a day. */
function memory(...answers: (number | 'no answer')[]) {
  const kept = new Map<string, { status: number; request: string }>()
  const keys: string[] = []
  const call = async ({ idempotencyKey: key = '' }: Stripe.RequestOptions) => {
    keys.push(key)
    const before = kept.get(key)
    const status = before?.status ?? answers.shift() ?? 200
    const { StripeConnectionError } = Stripe.errors
    if (status === 'no answer')
      throw new StripeConnectionError({ type: 'api_error', message: 'Gone.' })
    const request = before?.request ?? `req_${keys.length}`
    if (status !== 429) kept.set(key, { status, request })
    if (status < 400) return request
    throw Stripe.errors.StripeError.generate({
      ...({ type: 'api_error', message: 'Broken.', statusCode: status } as const),
      headers: before ? { 'idempotent-replayed': 'true', 'original-request': request } : {},
    })
  }
  return { call, keys }
}

describe('what is asked for under a key', () => {
  test('is done once, however often it is asked for', async () => {
    const { call } = memory()
    expect([await underKey('k', call), await underKey('k', call)]).toEqual(['req_1', 'req_1'])
  })

  test.each([500, 402])(
    'and failed with %i is not refused for a day: the next try goes on from it',
    async (status) => {
      const { call, keys } = memory(status)
      await expect(underKey('k', call)).rejects.toMatchObject({ statusCode: status })
      expect(await underKey('k', call)).toBe('req_3')
      expect(keys).toEqual(['k', 'k', 'k:after:req_1'])
    },
  )

  test('by two at once after a failure goes on under one key, and is done once', async () => {
    const { call } = memory(500)
    await expect(underKey('k', call)).rejects.toThrow()
    const [one, two] = await Promise.all([underKey('k', call), underKey('k', call)])
    expect(one).toBe(two)
  })

  test('through a whole outage works once Stripe does, whatever was tried meanwhile', async () => {
    const { call } = memory(500, 500, 500)
    for (let n = 0; n < 3; n += 1) await expect(underKey('k', call)).rejects.toThrow()
    expect(await underKey('k', call)).toMatch(/^req_/)
  })

  test.each([429, 'no answer'] as const)('is asked for twice when it is %s', async (first) => {
    const { call, keys } = memory(first)
    expect(await underKey('k', call)).toBe('req_2')
    expect(keys).toEqual(['k', 'k'])
  })
})
