import { request } from 'node:http'
import Stripe from 'stripe'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { startReceiver, startWorld } from '@/sandbox/test/world'
import { takeFrames } from './frames'

let world: Awaited<ReturnType<typeof startWorld>>

beforeEach(async () => {
  world = await startWorld()
})

afterEach(() => world.stop())

const headers = { authorization: 'Bearer sk_test_local' }

test('the CLI listens: each event comes over its socket, signed with the secret that it was given', async () => {
  const listening = await session()
  expect(listening).toMatchObject({ websocket_authorized_feature: 'webhooks' })
  const next = await connect(listening.websocket_url)
  const { id } = await world.stripe.customers.create({ email: 'ana@example.test' })
  const message = JSON.parse(await next())
  expect(message.type).toBe('webhook_event')
  const event = Stripe.webhooks.constructEvent(
    message.event_payload,
    message.http_headers['Stripe-Signature'],
    listening.secret,
  )
  expect(event).toMatchObject({ type: 'customer.created', data: { object: { id } } })
  const resent = await fetch(`${world.url}/v1/events/${event.id}/retry`, {
    method: 'POST',
    headers,
  })
  expect(await resent.json()).toMatchObject({ id: event.id })
  // The same once more, with its version.
  await next()
  expect(JSON.parse(await next()).event_payload).toContain(event.id)
})

test('each event comes once without a version and once with it, of which the CLI drops one', async () => {
  const next = await connect((await session()).websocket_url)
  await world.stripe.customers.create()
  const versions = [JSON.parse(await next()), JSON.parse(await next())].map(
    ({ endpoint }) => endpoint.api_version,
  )
  expect(versions).toEqual([null, '2026-10-28.endive'])
})

test('what happens before the CLI has connected is sent when it has', async () => {
  const { websocket_url } = await session()
  await world.stripe.customers.create({ name: 'Early' })
  const next = await connect(websocket_url)
  expect(JSON.parse(await next()).event_payload).toContain('Early')
})

test('its recipes send what Stripe took from older versions; a request that names a newer one is refused', async () => {
  const send = (path: string, form: Record<string, string>, more = {}) =>
    fetch(`${world.url}${path}`, {
      method: 'POST',
      headers: { ...headers, ...more },
      body: new URLSearchParams(form),
    })
  const intent = {
    amount: '2000',
    currency: 'usd',
    confirm: 'true',
    payment_method: 'pm_card_visa',
    'payment_method_types[]': 'card',
  }
  const path = '/v1/payment_intents'
  expect(await (await send(path, intent)).json()).toMatchObject({ status: 'succeeded' })
  for (const version of ['2026-09-30.endive', '2026-10-28.endive']) {
    const refused = await send(path, intent, { 'stripe-version': version })
    expect([refused.status, (await refused.json()).error.param]).toEqual([
      400,
      'payment_method_types',
    ])
  }
  expect((await send(path, intent, { 'stripe-version': '2026-03-25.dahlia' })).status).toBe(200)
})

test('a request that names an old version, or none, may give coupons and cards as it was done then', async () => {
  const { stripe, url } = world
  const coupon = await stripe.coupons.create({ percent_off: 20, duration: 'forever' })
  const send = async (path: string, form: Record<string, string>, version?: string) => {
    const asked = { ...headers, ...(version ? { 'stripe-version': version } : {}) }
    const body = new URLSearchParams(form)
    const response = await fetch(`${url}${path}`, { method: 'POST', headers: asked, body })
    return response.json()
  }
  const made = { coupon: coupon.id, source: 'tok_visa' }
  const { id } = await send('/v1/customers', made)
  const shown = await stripe.customers.retrieve(id, {
    expand: ['invoice_settings.default_payment_method'],
  })
  expect(shown).toMatchObject({
    discount: { source: { coupon: coupon.id } },
    invoice_settings: { default_payment_method: { card: { last4: '4242' } } },
  })
  expect(await send('/v1/promotion_codes', { coupon: coupon.id })).toMatchObject({
    promotion: { coupon: coupon.id },
  })
  for (const version of ['2025-03-31.basil', '2026-10-28.endive'])
    expect(await send('/v1/customers', { coupon: coupon.id }, version)).toMatchObject({
      error: { code: 'parameter_unknown', param: 'coupon' },
    })
  expect(await send('/v1/customers', { source: 'tok_visa' }, '2026-10-28.endive')).toMatchObject({
    error: { code: 'sandbox_unsupported', param: 'source' },
  })
})

test('its recipes pay at Checkout with a payment method that is made already', async () => {
  const { stripe, url } = world
  const product = await stripe.products.create({ name: 'Pro' })
  const paid = async (token: string) => {
    const { id } = await stripe.checkout.sessions.create({
      mode: 'payment',
      line_items: [
        { price_data: { product: product.id, currency: 'usd', unit_amount: 900 }, quantity: 1 },
      ],
      success_url: 'http://app.test',
    })
    const page = await (await fetch(`${url}/v1/payment_pages/${id}`, { headers })).json()
    const method = await stripe.paymentMethods.create({
      type: 'card',
      card: { token },
      billing_details: { email: 'ana@example.test' },
    })
    const answer = await fetch(`${url}/v1/payment_pages/${page.id}/confirm`, {
      method: 'POST',
      headers,
      body: new URLSearchParams({ payment_method: method.id, expected_amount: '900' }),
    })
    return { status: answer.status, session: await stripe.checkout.sessions.retrieve(id) }
  }
  expect(await paid('tok_visa')).toMatchObject({
    status: 200,
    session: { status: 'complete', payment_status: 'paid' },
  })
  expect(await paid('tok_chargeCustomerFail')).toMatchObject({
    status: 402,
    session: { status: 'open', payment_status: 'unpaid' },
  })
})

test('an event is sent again to the endpoints, and only with a key', async () => {
  const receiver = await startReceiver()
  await world.stripe.webhookEndpoints.create({ url: receiver.url, enabled_events: ['*'] })
  await world.stripe.customers.create()
  await receiver.count(1)
  const [event] = (await world.stripe.events.list({ limit: 1 })).data
  const path = `${world.url}/v1/events/${event?.id}/retry`
  expect((await fetch(path, { method: 'POST' })).status).toBe(401)
  await fetch(path, { method: 'POST', headers })
  await receiver.count(2)
  await receiver.stop()
})

async function session() {
  const asked = await fetch(`${world.url}/v1/stripecli/sessions`, { method: 'POST', headers })
  return asked.json()
}

/** Connects as the CLI does. Returns what waits for the next message. */
async function connect(address: string): Promise<() => Promise<string>> {
  const texts: string[] = []
  const waiting: ((text: string) => void)[] = []
  const asked = request(address.replace(/^ws/, 'http'), {
    headers: {
      connection: 'Upgrade',
      upgrade: 'websocket',
      'sec-websocket-key': 'dGhlIHNhbXBsZSBub25jZQ==',
      'sec-websocket-protocol': 'stripecli-devproxy-v1',
      'sec-websocket-version': '13',
    },
  })
  asked.end()
  await new Promise<void>((resolve) => {
    asked.once('upgrade', (response, socket, first) => {
      expect(response.headers['sec-websocket-accept']).toBe('s3pPLMBiTxaQ9kYGzzhZRbK+xOo=')
      let rest: Buffer = Buffer.alloc(0)
      const take = (bytes: Buffer) => {
        const taken = takeFrames(Buffer.concat([rest, bytes]))
        rest = taken.rest
        for (const frame of taken.frames) {
          if (frame.kind !== 'text') continue
          const wanted = waiting.shift()
          if (wanted) wanted(frame.text)
          else texts.push(frame.text)
        }
      }
      socket.on('data', take)
      // What came with the answer to the handshake.
      take(first)
      resolve()
    })
  })
  return () => {
    const [ready] = texts.splice(0, 1)
    return ready === undefined
      ? new Promise((resolve) => waiting.push(resolve))
      : Promise.resolve(ready)
  }
}
