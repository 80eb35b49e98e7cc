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

test('the CLI listens: each event comes over its socket, signed with the secret that it was told', async () => {
  const session = await (
    await fetch(`${world.url}/v1/stripecli/sessions`, { method: 'POST', headers })
  ).json()
  expect(session).toMatchObject({ websocket_authorized_feature: 'webhooks' })
  const next = await connect(session.websocket_url)
  const { id } = await world.stripe.customers.create({ email: 'ana@example.test' })
  const message = JSON.parse(await next())
  expect(message.type).toBe('webhook_event')
  const event = Stripe.webhooks.constructEvent(
    message.event_payload,
    message.http_headers['Stripe-Signature'],
    session.secret,
  )
  expect(event).toMatchObject({ type: 'customer.created', data: { object: { id } } })
  const resent = await fetch(`${world.url}/v1/events/${event.id}/retry`, {
    method: 'POST',
    headers,
  })
  expect(await resent.json()).toMatchObject({ id: event.id })
  expect(JSON.parse(await next()).event_payload).toContain(event.id)
})

test('an event is sent again to the endpoints, and nobody without a key may ask for it', async () => {
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
    asked.once('upgrade', (response, socket) => {
      expect(response.headers['sec-websocket-accept']).toBe('s3pPLMBiTxaQ9kYGzzhZRbK+xOo=')
      let rest: Buffer = Buffer.alloc(0)
      socket.on('data', (bytes: Buffer) => {
        const taken = takeFrames(Buffer.concat([rest, bytes]))
        rest = taken.rest
        for (const frame of taken.frames) {
          if (frame.kind !== 'text') continue
          const first = waiting.shift()
          if (first) first(frame.text)
          else texts.push(frame.text)
        }
      })
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
