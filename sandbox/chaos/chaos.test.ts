import Stripe from 'stripe'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { startReceiver, startWorld } from '@/sandbox/test/world'

const DAY = 86_400

let world: Awaited<ReturnType<typeof startWorld>>
let receiver: Awaited<ReturnType<typeof startReceiver>>
let endpoint: Stripe.WebhookEndpoint

beforeEach(async () => {
  world = await startWorld({ retryDelays: [10] })
  receiver = await startReceiver()
  endpoint = await world.stripe.webhookEndpoints.create({
    url: receiver.url,
    enabled_events: ['customer.created', 'customer.updated'],
  })
})

afterEach(async () => {
  await world.stop()
  await receiver.stop()
})

async function control(path: string, body?: object) {
  const init = body ? { method: 'POST', body: JSON.stringify(body) } : {}
  const response = await fetch(`${world.url}/_sandbox${path}`, init)
  return { status: response.status, body: await response.json() }
}

/** What came, as a receiver of Stripe's reads it. */
function verified(secret = endpoint.secret ?? ''): Stripe.Event[] {
  return receiver.received.map(({ body, signature }) =>
    world.stripe.webhooks.constructEvent(body, signature, secret),
  )
}

const allDelivered = () =>
  expect.poll(async () => (await control('/deliveries')).body.pending).toBe(0)

describe('chaos, on request', () => {
  test('is off at first, is switched one by one, and forgets nothing else', async () => {
    const { body: calm } = await control('/chaos')
    expect(Object.values(calm).filter(Boolean)).toEqual([])
    await control('/chaos', { drop: true })
    const { body: now } = await control('/chaos', { late_seconds: 60 })
    expect(now).toEqual({ ...calm, drop: true, late_seconds: 60 })
    expect((await control('/chaos')).body).toEqual(now)
  })

  test.each([{ dropp: true }, { drop: 1 }, { rate_limit: -1 }, { delay_seconds: 1.5 }])(
    'refuses %j and says what there is',
    async (change) => {
      const { status, body } = await control('/chaos', change)
      expect(status).toBe(400)
      expect(body.error).toMatch(/There are: duplicate|must be/)
      expect(Object.values((await control('/chaos')).body)).not.toContain(true)
    },
  )

  test('duplicate sends each event twice, and both are authentic', async () => {
    await control('/chaos', { duplicate: true })
    await world.stripe.customers.create()
    await receiver.count(2)
    await allDelivered()
    expect(new Set(verified().map(({ id }) => id)).size).toBe(1)
    expect(receiver.received).toHaveLength(2)
  })

  test('delay keeps an event back for real seconds', async () => {
    await control('/chaos', { delay_seconds: 1 })
    const began = performance.now()
    await world.stripe.customers.create()
    await receiver.count(1)
    expect(performance.now() - began).toBeGreaterThan(950)
    expect(verified()).toHaveLength(1)
  })

  test('reorder sends what comes together the other way round', async () => {
    await control('/chaos', { reorder: true })
    await control('/deliveries/pause', {})
    const { id } = await world.stripe.customers.create({ name: '0' })
    for (const name of ['1', '2', '3']) await world.stripe.customers.update(id, { name })
    await control('/deliveries/resume', {})
    await receiver.count(4)
    const names = verified().map(({ data }) => (data.object as Stripe.Customer).name)
    expect(names).toEqual(['3', '2', '1', '0'])
  })

  test('drop loses deliveries for good; the list of undelivered events still has them', async () => {
    await control('/chaos', { drop: true })
    await world.stripe.customers.create({ name: 'lost' })
    await control('/chaos', { drop: false })
    await world.stripe.customers.create({ name: 'delivered' })
    await receiver.count(1)
    await allDelivered()
    const names = (events: Stripe.Event[]) =>
      events.map(({ data }) => (data.object as Stripe.Customer).name)
    expect(names(verified())).toEqual(['delivered'])
    const undelivered = await world.stripe.events.list({ delivery_success: false })
    expect(names(undelivered.data)).toEqual(['lost'])
    const delivered = await world.stripe.events.list({ delivery_success: true })
    expect(names(delivered.data)).toEqual(['delivered'])
  })

  test('a late event is of three days ago, under a signature of now', async () => {
    await control('/chaos', { late_seconds: 3 * DAY })
    await world.stripe.customers.create()
    expect((await world.stripe.events.list({ delivery_success: false })).data).toHaveLength(1)
    await control('/clock', { advance: 3 * DAY - 3600 })
    expect((await control('/deliveries')).body).toEqual({ pending: 1, data: [] })
    expect(receiver.received).toHaveLength(0)
    const { body } = await control('/clock', { advance: 3600 })
    await receiver.count(1)
    const [event] = verified()
    expect(body.now - (event?.created ?? 0)).toBeGreaterThanOrEqual(3 * DAY)
  })

  test('a second signature comes before the right one, and the event stays authentic', async () => {
    await control('/chaos', { second_signature: true })
    await world.stripe.customers.create()
    await receiver.count(1)
    expect(receiver.received[0]?.signature.match(/v1=/g)).toHaveLength(2)
    expect(verified()).toHaveLength(1)
  })

  test('a rate limit answers 429 as often as asked, and then no more', async () => {
    await control('/chaos', { rate_limit: 2 })
    for (const _ of [1, 2]) {
      const refused = await world.stripe.customers.create().catch((error: unknown) => error)
      expect(refused).toBeInstanceOf(Stripe.errors.StripeRateLimitError)
      expect(refused).toMatchObject({ statusCode: 429, code: 'rate_limit' })
      expect(Object(refused).headers['stripe-rate-limited-reason']).toBe('global-rate')
    }
    expect((await world.stripe.customers.create()).object).toBe('customer')
    expect((await world.stripe.customers.list()).data).toHaveLength(1)
  })
})

describe('a rolled secret', () => {
  test('signs beside the old one until that expires', async () => {
    const { body } = await control(`/webhook_endpoints/${endpoint.id}/roll`, { expires_in: 3600 })
    await world.stripe.customers.create()
    await receiver.count(1)
    expect(body.secret).not.toBe(endpoint.secret)
    expect(verified()).toHaveLength(1)
    expect(verified(body.secret)).toHaveLength(1)
  })

  test('signs alone when the old one is to end at once', async () => {
    const { body } = await control(`/webhook_endpoints/${endpoint.id}/roll`, { expires_in: 0 })
    await world.stripe.customers.create()
    await receiver.count(1)
    expect(() => verified()).toThrow(/signature/)
    expect(verified(body.secret)).toHaveLength(1)
  })

  test('belongs to an endpoint that there is', async () => {
    expect((await control('/webhook_endpoints/we_none/roll', {})).status).toBe(404)
    expect(
      (await control(`/webhook_endpoints/${endpoint.id}/roll`, { expires_in: 90_000 })).status,
    ).toBe(400)
  })
})

test('an event that one of two endpoints did not take is undelivered, until it is sent again', async () => {
  let status = 500
  const moody = await startReceiver(() => status)
  await world.stripe.webhookEndpoints.create({ url: moody.url, enabled_events: ['*'] })
  await world.stripe.customers.create()
  await allDelivered()
  const { data } = await world.stripe.events.list({ delivery_success: false })
  expect(data).toMatchObject([{ type: 'customer.created', pending_webhooks: 0 }])
  status = 200
  await control(`/events/${data[0]?.id}/deliver`, {})
  expect((await world.stripe.events.list({ delivery_success: false })).data).toEqual([])
  await moody.stop()
})
