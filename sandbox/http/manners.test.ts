import { afterEach, beforeEach, expect, test } from 'vitest'
import { addCatalog, startWorld } from '@/sandbox/test/world'

let world: Awaited<ReturnType<typeof startWorld>>

beforeEach(async () => {
  world = await startWorld()
})

afterEach(() => world.stop())

async function get(path: string, headers: Record<string, string> = {}) {
  const response = await fetch(`${world.url}${path}`, {
    headers: { Authorization: 'Bearer sk_test_local', ...headers },
  })
  return { status: response.status, headers: response.headers, body: await response.json() }
}

test('a key that opens nothing is shown masked in the refusal', async () => {
  const { status, body } = await get('/v1/customers', {
    Authorization: 'Bearer sk_live_1234567890',
  })
  expect({ status, body }).toEqual({
    status: 401,
    body: {
      error: {
        type: 'invalid_request_error',
        message: 'Invalid API Key provided: sk_live_******7890',
      },
    },
  })
})

test('a parameter that is not known is named in the words of Stripe', async () => {
  const { body } = await get('/v1/customers?emial=a')
  expect(body.error).toEqual({
    type: 'invalid_request_error',
    code: 'parameter_unknown',
    param: 'emial',
    message: 'Received unknown parameter: emial',
    doc_url: 'https://stripe.com/docs/error-codes/parameter-unknown',
  })
})

test('every request has another id, and the version that it asks for is echoed', async () => {
  const first = await get('/v1/customers', { 'Stripe-Version': '2025-03-31.basil' })
  const second = await get('/v1/customers/cus_x')
  expect(first.headers.get('stripe-version')).toBe('2025-03-31.basil')
  expect(second.headers.get('stripe-version')).toBe('2026-10-28.endive')
  const ids = [first, second].map(({ headers }) => headers.get('request-id'))
  expect(new Set(ids).size).toBe(2)
  expect(ids).toEqual([expect.stringMatching(/^req_/), expect.stringMatching(/^req_/)])
})

test('a list has ten rows by default, at least one, and a cursor that exists', async () => {
  for (let nth = 0; nth < 11; nth += 1) await world.stripe.customers.create()
  const { body } = await get('/v1/customers')
  expect(body).toMatchObject({ object: 'list', has_more: true, url: '/v1/customers' })
  expect(body.data).toHaveLength(10)
  expect((await get('/v1/customers?limit=0')).status).toBe(400)
  expect((await get('/v1/customers?starting_after=cus_x')).status).toBe(400)
  expect((await get('/v1/customers?ending_before=cus_x')).status).toBe(400)
})

test('pages before a cursor lead back to it in the order in which things were made', async () => {
  const made: string[] = []
  for (let nth = 0; nth < 6; nth += 1) made.push((await world.stripe.customers.create()).id)
  const [oldest = '', ...later] = made
  const seen: string[] = []
  for await (const { id } of world.stripe.customers.list({ ending_before: oldest, limit: 2 }))
    seen.push(id)
  expect(seen).toEqual(later)
})

test('paths are expanded whether their list is numbered or not, in queries and in forms', async () => {
  const { proMonthly } = await addCatalog(world.stripe)
  const path = `/v1/prices/${proMonthly.id}`
  for (const expand of ['expand[]=product', 'expand[0]=product', 'expand%5B%5D=product'])
    expect((await get(`${path}?${expand}`)).body.product).toMatchObject({ name: 'Pro' })
  const both = await get(`${path}?expand[]=product&expand[]=currency_options`)
  expect(both.body).toMatchObject({ product: { name: 'Pro' }, currency_options: { usd: {} } })
  const response = await fetch(`${world.url}${path}`, {
    method: 'POST',
    headers: { Authorization: 'Bearer sk_test_local' },
    body: 'nickname=x&expand[]=product',
  })
  expect((await response.json()).product).toMatchObject({ name: 'Pro' })
})

test('what is expanded belongs to one answer, and not to the next', async () => {
  const { pro, proMonthly } = await addCatalog(world.stripe)
  await world.stripe.prices.retrieve(proMonthly.id, { expand: ['product'] })
  expect((await world.stripe.prices.retrieve(proMonthly.id)).product).toBe(pro.id)
})
