import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { NotFound, PaymentRequired, Unavailable } from '@/lib/errors'
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

  test('a declined card says what the bank says', async () => {
    answer = {
      status: 402,
      error: { type: 'card_error', code: 'card_declined', message: 'Your card was declined.' },
    }
    await expect(ask()).rejects.toThrow(new PaymentRequired('Your card was declined.'))
  })

  test('a missing object is not found', async () => {
    const message = "No such customer: 'cus_1'"
    answer = {
      status: 404,
      error: { type: 'invalid_request_error', code: 'resource_missing', param: 'id', message },
    }
    await expect(ask()).rejects.toThrow(NotFound)
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
