import { type ClientRequest, request } from 'node:http'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { startWorld } from '@/sandbox/test/world'
import { firstAnswer, keepAnswer, keyed } from './idempotency'

const DAY = 86_400
const AUTHORIZED = { Authorization: 'Bearer sk_test_local' }

let world: Awaited<ReturnType<typeof startWorld>>

beforeEach(async () => {
  world = await startWorld()
})

afterEach(() => world.stop())

async function post(path: string, body: string, key: string) {
  const headers = { ...AUTHORIZED, 'Idempotency-Key': key }
  const response = await fetch(`${world.url}${path}`, { method: 'POST', headers, body })
  return { status: response.status, headers: response.headers, body: await response.json() }
}

test('a first answer names its own request, and a repeated one the first', async () => {
  const first = await post('/v1/customers', 'name=a', 'k')
  const id = first.headers.get('request-id')
  expect(first.headers.get('idempotency-key')).toBe('k')
  expect(first.headers.get('original-request')).toBe(id)
  expect(first.headers.get('idempotent-replayed')).toBeNull()
  const again = await post('/v1/customers', 'name=a', 'k')
  expect(again.headers.get('idempotency-key')).toBe('k')
  expect(again.headers.get('original-request')).toBe(id)
  expect(again.headers.get('idempotent-replayed')).toBe('true')
  expect(again.headers.get('request-id')).not.toBe(id)
  expect(again.body).toEqual(first.body)
})

test('while the first request under a key is on its way, a second one is asked to come later', async () => {
  const slow = begin('/v1/customers', 'name=a', 'k')
  await slow.answering
  const meanwhile = await post('/v1/customers', 'name=a', 'k')
  expect(meanwhile).toMatchObject({
    status: 409,
    body: { error: { type: 'idempotency_error', code: 'idempotency_key_in_use' } },
  })
  // Only without it does the SDK try a conflict again.
  expect(meanwhile.headers.get('stripe-should-retry')).toBeNull()
  slow.finish()
  expect(await slow.status).toBe(200)
  expect((await post('/v1/customers', 'name=a', 'k')).headers.get('idempotent-replayed')).toBe(
    'true',
  )
  expect((await world.stripe.customers.list()).data).toHaveLength(1)
})

test('a key belongs to one path as well as to one form', async () => {
  await post('/v1/customers', 'name=a', 'k')
  for (const [path, body] of [
    ['/v1/customers', 'name=b'],
    ['/v1/products', 'name=a'],
  ] as const)
    expect(await post(path, body, 'k')).toMatchObject({
      status: 400,
      body: { error: { type: 'idempotency_error' } },
    })
})

test('a request that is refused leaves its key free, and a card that is refused does not', async () => {
  expect((await post('/v1/customers', 'emial=a', 'k')).status).toBe(400)
  expect((await post('/v1/customers', 'customer=x', 'k')).status).toBe(400)
  expect((await post('/v1/customers/cus_x', 'name=a', 'k')).status).toBe(404)
  const { body } = await post('/v1/customers', 'name=a', 'k')
  const attach = '/v1/payment_methods/pm_card_chargeDeclined/attach'
  const refused = await post(attach, `customer=${body.id}`, 'card')
  expect(refused.status).toBe(402)
  const again = await post(attach, `customer=${body.id}`, 'card')
  expect(again.headers.get('idempotent-replayed')).toBe('true')
  expect(again).toMatchObject({ status: 402, body: refused.body })
})

test('a key has at most 255 characters, and says nothing of what only reads', async () => {
  expect((await post('/v1/customers', '', 'k'.repeat(256))).status).toBe(400)
  expect((await post('/v1/customers', '', 'k'.repeat(255))).status).toBe(200)
  const headers = { ...AUTHORIZED, 'Idempotency-Key': 'k' }
  const read = await fetch(`${world.url}/v1/customers`, { headers })
  expect(read.headers.get('idempotency-key')).toBeNull()
  expect((await fetch(`${world.url}/v1/products`, { headers })).status).toBe(200)
})

test('an answer is kept for a day', () => {
  const asked = keyed('k', '/v1/customers', '')
  const answer = { status: 200, body: '{}', request: 'req_1', at: 1000 }
  world.sandbox.change(null, (tx) => keepAnswer(tx, asked, answer))
  const { store } = world.sandbox
  expect(firstAnswer(store, asked, 1000 + DAY)).toMatchObject(answer)
  expect(firstAnswer(store, asked, 1001 + DAY)).toBeNull()
})

/** A request whose last byte waits for `finish`. */
function begin(path: string, body: string, key: string) {
  let sent: ClientRequest | undefined
  const headers = { ...AUTHORIZED, 'Idempotency-Key': key, Expect: '100-continue' }
  const status = new Promise<number | undefined>((resolve, reject) => {
    sent = request({ host: '127.0.0.1', port: world.port, method: 'POST', path, headers })
    sent.on('error', reject)
    sent.on('response', (response) => resolve(response.resume().statusCode))
  })
  // The sandbox answers this when it begins to read.
  const answering = new Promise<void>((resolve) => sent?.once('continue', () => resolve()))
  sent?.flushHeaders()
  return { status, answering, finish: () => sent?.end(body) }
}
