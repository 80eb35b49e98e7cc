import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { payCheckout } from '@/sandbox/lifecycle/checkout/pay'
import {
  addCatalog,
  card,
  clientOf,
  openCheckout,
  startReceiver,
  startWorld,
} from '@/sandbox/test/world'

async function control(url: string, method: 'GET' | 'POST', path: string, body?: object) {
  const response = await fetch(`${url}/_sandbox${path}`, {
    method,
    ...(body ? { body: JSON.stringify(body) } : {}),
  })
  return response.json()
}

test('a delivery that fails is tried again, signed anew, until it is taken', async () => {
  const world = await startWorld({ retryDelays: [10, 10, 10] })
  const answers = [500, 302, 200]
  const receiver = await startReceiver(() => answers.shift() ?? 200)
  const { secret = '' } = await world.stripe.webhookEndpoints.create({
    url: receiver.url,
    enabled_events: ['customer.created'],
  })
  const customer = await world.stripe.customers.create({ email: 'a@b.c' })
  expect((await world.stripe.events.list({ delivery_success: false })).data).toHaveLength(1)
  await receiver.count(3)
  const ids = receiver.received.map(
    ({ body, signature }) => world.stripe.webhooks.constructEvent(body, signature, secret).id,
  )
  expect(new Set(ids).size).toBe(1)
  await expect.poll(async () => (await control(world.url, 'GET', '/deliveries')).pending).toBe(0)
  const { data } = await control(world.url, 'GET', '/deliveries')
  expect(
    data
      .map(({ attempt, status }: { attempt: number; status: number }) => [attempt, status])
      .sort(),
  ).toEqual([
    [1, 500],
    [2, 302],
    [3, 200],
  ])
  expect((await world.stripe.events.list({ delivery_success: true })).data[0]).toMatchObject({
    pending_webhooks: 0,
    data: { object: { id: customer.id } },
  })
  await receiver.stop()
  await world.stop()
})

test('a body has two spaces of indentation, id and object first, then the keys by name', async () => {
  const world = await startWorld()
  const receiver = await startReceiver()
  await world.stripe.webhookEndpoints.create({
    url: receiver.url,
    enabled_events: ['*'],
    api_version: '2026-10-28.endive',
  })
  await world.stripe.customers.create({ email: 'a@b.c', metadata: { b: '2', a: '1' } })
  await receiver.count(1)
  const body = receiver.received[0]?.body ?? ''
  expect(body.startsWith('{\n  "id": "evt_1')).toBe(true)
  const event = JSON.parse(body)
  expect(Object.keys(event)).toEqual([
    'id',
    'object',
    'api_version',
    'created',
    'data',
    'livemode',
    'pending_webhooks',
    'request',
    'type',
  ])
  expect(Object.keys(event.data.object).slice(0, 4)).toEqual(['id', 'object', 'address', 'balance'])
  expect(event.pending_webhooks).toBe(1)
  await receiver.stop()
  await world.stop()
})

test('the sandbox can hold deliveries back on request, and to send an event again', async () => {
  const world = await startWorld({ webhookSecret: 'whsec_given' })
  const receiver = await startReceiver()
  const made = await world.stripe.webhookEndpoints.create({
    url: receiver.url,
    enabled_events: ['customer.created'],
  })
  expect(made.secret).toBe('whsec_given')
  await control(world.url, 'POST', '/deliveries/pause')
  await world.stripe.customers.create({ email: 'a@b.c' })
  expect(await control(world.url, 'GET', '/deliveries')).toMatchObject({ pending: 1, data: [] })
  const [event] = (await world.stripe.events.list()).data
  expect(await control(world.url, 'POST', `/events/${event?.id}/deliver`)).toEqual({
    deliveries: [{ endpoint: made.id, status: 200 }],
  })
  expect(receiver.received).toHaveLength(1)
  expect(await control(world.url, 'POST', `/events/${event?.id}/deliver`)).toEqual({
    deliveries: [{ endpoint: made.id, status: 200 }],
  })
  await world.stripe.customers.create({ email: 'b@b.c' })
  await control(world.url, 'POST', '/deliveries/resume')
  await receiver.count(3)
  for (const { body, signature } of receiver.received)
    world.stripe.webhooks.constructEvent(body, signature, 'whsec_given')
  expect(await control(world.url, 'POST', '/events/evt_x/deliver')).toMatchObject({
    error: "No such event: 'evt_x'",
  })
  await receiver.stop()
  await world.stop()
})

test('Checkout sends the customer on without waiting while deliveries are held back', async () => {
  const world = await startWorld()
  const receiver = await startReceiver()
  const { proMonthly } = await addCatalog(world.stripe)
  await world.stripe.webhookEndpoints.create({ url: receiver.url, enabled_events: ['*'] })
  const { session } = await openCheckout(world.stripe, proMonthly.id)
  await control(world.url, 'POST', '/deliveries/pause')
  const before = Date.now()
  expect((await payCheckout(world.sandbox, session.id, card())).kind).toBe('complete')
  expect(Date.now() - before).toBeLessThan(2000)
  await receiver.stop()
  await world.stop()
})

test('everything survives a restart: objects, idempotency keys, and what was still to be delivered', async () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'sandbox-'))
  const receiver = await startReceiver()
  const before = await startWorld({ dataDir })
  const { proMonthly } = await addCatalog(before.stripe)
  const { session, customer } = await openCheckout(before.stripe, proMonthly.id)
  await payCheckout(before.sandbox, session.id, card())
  const key = { idempotencyKey: 'k' }
  const keyed = await before.stripe.customers.create({ name: 'keyed' }, key)
  const endpoint = await before.stripe.webhookEndpoints.create({
    url: receiver.url,
    enabled_events: ['customer.created'],
  })
  await control(before.url, 'POST', '/deliveries/pause')
  await before.stripe.customers.create({ name: 'untold' })
  const state = await before.stripe.subscriptions.list({
    customer: customer.id,
    expand: ['data.latest_invoice'],
  })
  const events = await before.stripe.events.list({ limit: 100 })
  await before.stop()

  const after = await startWorld({ dataDir })
  const stripe = clientOf(after.port)
  expect(
    (await stripe.subscriptions.list({ customer: customer.id, expand: ['data.latest_invoice'] }))
      .data,
  ).toEqual(state.data)
  expect((await stripe.events.list({ limit: 100 })).data.map(({ id }) => id)).toEqual(
    events.data.map(({ id }) => id),
  )
  expect((await stripe.customers.create({ name: 'keyed' }, key)).id).toBe(keyed.id)
  await receiver.count(1)
  const [only] = receiver.received
  expect(
    stripe.webhooks.constructEvent(only?.body ?? '', only?.signature ?? '', endpoint.secret ?? '')
      .data.object,
  ).toMatchObject({ name: 'untold' })
  await control(after.url, 'POST', '/reset')
  expect((await stripe.customers.list()).data).toEqual([])
  await receiver.stop()
  await after.stop()
})
