import { request } from 'node:http'
import Stripe from 'stripe'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { startWorld } from '@/sandbox/test/world'

let world: Awaited<ReturnType<typeof startWorld>>
let stripe: Stripe

beforeEach(async () => {
  world = await startWorld()
  stripe = world.stripe
})

afterEach(() => world.stop())

/** Calls the API as any client may, with fields that the SDK's types would not let through. */
async function post(path: string, fields: string, headers: Record<string, string> = {}) {
  const response = await fetch(`${world.url}${path}`, {
    method: 'POST',
    headers: {
      Authorization: 'Bearer sk_test_local',
      'Content-Type': 'application/x-www-form-urlencoded',
      ...headers,
    },
    body: fields,
  })
  return { status: response.status, headers: response.headers, body: await response.json() }
}

test('only test keys are let in', async () => {
  for (const key of ['sk_live_1', 'nonsense', '']) {
    const response = await fetch(`${world.url}/v1/customers`, {
      headers: { Authorization: `Bearer ${key}` },
    })
    expect(response.status).toBe(401)
  }
  const restricted = await fetch(`${world.url}/v1/customers`, {
    headers: { Authorization: 'Bearer rk_test_1' },
  })
  expect(restricted.status).toBe(200)
})

test('a parameter that Stripe does not know is refused, at any depth', async () => {
  const top = await post('/v1/customers', 'emial=a@b.c')
  expect(top).toMatchObject({
    status: 400,
    body: { error: { code: 'parameter_unknown', param: 'emial' } },
  })
  const nested = await post('/v1/customers', 'invoice_settings[default_card]=x')
  expect(nested.body.error.param).toBe('invoice_settings[default_card]')
  const inQuery = await fetch(`${world.url}/v1/prices?lookupkeys[0]=x`, {
    headers: { Authorization: 'Bearer sk_test_1' },
  })
  expect(inQuery.status).toBe(400)
})

test('the same idempotency key answers the same, and another request under it is refused', async () => {
  const options = { idempotencyKey: 'customer:u1' }
  const first = await stripe.customers.create({ email: 'a@b.c' }, options)
  const again = await stripe.customers.create({ email: 'a@b.c' }, options)
  expect(again.id).toBe(first.id)
  expect(again.lastResponse.headers['idempotent-replayed']).toBe('true')
  expect(again.lastResponse.headers['original-request']).toBe(first.lastResponse.requestId)
  await expect(stripe.customers.create({ email: 'other@b.c' }, options)).rejects.toBeInstanceOf(
    Stripe.errors.StripeIdempotencyError,
  )
  const { data } = await stripe.events.list({ type: 'customer.created' })
  expect(data).toMatchObject([
    { request: { id: first.lastResponse.requestId, idempotency_key: 'customer:u1' } },
  ])
})

test('a refused request does not use its idempotency key up', async () => {
  const headers = { 'Idempotency-Key': 'k' }
  expect((await post('/v1/customers', 'emial=a', headers)).status).toBe(400)
  expect((await post('/v1/customers', 'email=a', headers)).status).toBe(200)
})

test('requests at the same time under one key make one object', async () => {
  const headers = { 'Idempotency-Key': 'k' }
  const answers = await Promise.all(
    Array.from({ length: 20 }, () => post('/v1/customers', 'email=a', headers)),
  )
  expect(new Set(answers.map(({ status }) => status)).size).toBeLessThanOrEqual(2)
  for (const { status } of answers) expect([200, 409]).toContain(status)
  expect((await stripe.customers.list()).data).toHaveLength(1)
})

test('every answer has a request id, and says the version that was asked for', async () => {
  const { headers } = await post('/v1/customers', 'email=a', {
    'Stripe-Version': '2025-01-27.acacia',
  })
  expect(headers.get('request-id')).toMatch(/^req_/)
  expect(headers.get('stripe-version')).toBe('2025-01-27.acacia')
  expect(headers.get('stripe-should-retry')).toBe('false')
})

test('a request that is no request is answered too', async () => {
  const status = await new Promise<number | undefined>((resolve, reject) => {
    const sent = request({ port: world.port, host: '127.0.0.1', path: '//', method: 'GET' })
    sent.once('response', (response) => resolve(response.resume().statusCode))
    sent.once('error', reject)
    sent.end()
  })
  expect(status).toBeGreaterThanOrEqual(400)
  expect((await post('/v1/customers', `name=${'x'.repeat(2_000_000)}`)).status).toBe(413)
  expect((await stripe.customers.list()).data).toEqual([])
})
