import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { NotFound, PaymentRequired, Unavailable } from '@/lib/errors'
import { failureText } from '@/lib/log'
import { callStripe } from './call'

let answer: { status: number; error: Record<string, unknown> } = { status: 200, error: {} }
let server: Server
const base = vi.hoisted(() => ({ url: new URL('http://127.0.0.1:1') }))

vi.mock('@/lib/env', () => ({
  env: () => ({ stripe: { secretKey: 'sk_test_51Secret', apiBase: base.url } }),
}))

beforeAll(async () => {
  server = createServer((_, response) => {
    // Said by Stripe of answers that asking again will not change; spares the test the SDK's own pauses.
    const headers = { 'request-id': 'req_1', 'stripe-should-retry': 'false' }
    response.writeHead(answer.status, headers).end(JSON.stringify({ error: answer.error }))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  base.url = new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}`)
})
afterAll(() => server.close())
beforeEach(() => {
  answer = { status: 200, error: {} }
})

const ask = () => callStripe((stripe) => stripe.customers.retrieve('cus_1'))

describe('what Stripe refuses', () => {
  test.each([500, 503, 429, 409])('%i means: try again later', async (status) => {
    answer = { status, error: { type: 'api_error', message: 'x' } }
    await expect(ask()).rejects.toThrow(Unavailable)
  })

  test.each([
    ['card_declined', undefined, 'card_declined'],
    ['card_declined', 'insufficient_funds', 'card_funds'],
    ['card_declined', 'a_code_of_next_year', 'card_declined'],
    ['expired_card', undefined, 'card_expired'],
    ['incorrect_cvc', undefined, 'card_cvc'],
    ['authentication_required', 'authentication_required', 'card_unconfirmed'],
    ['processing_error', undefined, 'card_failed'],
  ] as const)(
    'a declined card says what the bank says: %s (%s) is %s',
    async (code, decline, reason) => {
      const said = { type: 'card_error', code, message: 'Your card was declined.' }
      answer = { status: 402, error: { ...said, decline_code: decline } }
      const refused = ask()
      await expect(refused).rejects.toThrow(new PaymentRequired(reason))
      await expect(refused).rejects.toMatchObject({
        reason,
        cause: { message: expect.stringContaining('Your card was declined.') },
      })
    },
  )

  test('a missing object is not found', async () => {
    const message = "No such customer: 'cus_1'"
    answer = {
      status: 404,
      error: { type: 'invalid_request_error', code: 'resource_missing', param: 'id', message },
    }
    const refused = ask()
    await expect(refused).rejects.toThrow(NotFound)
    // Which one is in the log, and on no page.
    expect(failureText(await refused.catch((error: unknown) => error))).toMatch(/param id/)
  })

  test('a mistake of ours names the request and the parameter', async () => {
    answer = {
      status: 400,
      error: {
        type: 'invalid_request_error',
        code: 'parameter_unknown',
        param: 'x',
        message: 'Received unknown parameter: x',
      },
    }
    await expect(ask()).rejects.toThrow(
      /unknown parameter: x \(.*code parameter_unknown, param x, .*request req_1\)/,
    )
  })

  test('a wrong key is not repeated', async () => {
    answer = {
      status: 401,
      error: {
        type: 'invalid_request_error',
        message: 'Invalid API Key provided: sk_test_51Secret',
      },
    }
    const error = await ask().catch((thrown: unknown) => thrown)
    expect(String(error)).toContain('Invalid API Key provided: sk_…')
    expect(JSON.stringify(error, Object.getOwnPropertyNames(error))).not.toContain('51Secret')
  })
})

test('an error that is not Stripe’s passes unchanged', async () => {
  const mine = new Error('mine')
  await expect(callStripe(() => Promise.reject(mine))).rejects.toBe(mine)
})
