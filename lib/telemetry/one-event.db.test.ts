import { AsyncLocalStorage } from 'node:async_hooks'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { POST } from '@/app/api/webhooks/stripe/route'
import { SMALL } from '@/lib/catalog/tiers.fixture'
import { env } from '@/lib/env'
import { telemetryOf } from '@/lib/env-telemetry'
import { runJob } from '@/lib/jobs/run-job'
import { runDrain } from '@/lib/scheduled/drain'
import { attempt, behindWire, paidEvent } from '@/lib/webhooks/behind-wire.fixture'
import { startCollector } from './collector.fixture'
import { startTelemetry } from './start'

// As Next keeps the context of a request for what follows its answer.
const later = vi.hoisted((): (() => Promise<void>)[] => [])
vi.mock('next/server', () => ({
  after: (work: () => Promise<void>) => {
    const within = AsyncLocalStorage.snapshot()
    later.push(() => within(work))
  },
}))

let world: Awaited<ReturnType<typeof behindWire>>
let collector: Awaited<ReturnType<typeof startCollector>>
let ada: Awaited<ReturnType<typeof world.customer>>
let stop: () => Promise<void>

beforeAll(async () => {
  world = await behindWire()
  collector = await startCollector()
})
beforeEach(async () => {
  ada = await world.customer()
  collector.clear()
  stop = record(collector.url)
})
afterEach(() => stop())
afterAll(async () => {
  await collector.close()
  await world.stop()
})

describe('the way of one event', () => {
  it('is one trace, from its arrival over the commit to what follows', async () => {
    await deliver(paidEvent(ada.id))
    expect(await ada.tier()).toBe(SMALL)
    const spans = collector.spans()
    expect(new Set(spans.map(({ trace }) => trace)).size).toBe(1)
    const byId = new Map(spans.map((span) => [span.id, span]))
    const under = spans.map(({ name, parent }) => [byId.get(parent ?? '')?.name ?? null, name])
    for (const [parent, name] of [
      [null, 'webhook'],
      ['webhook', 'webhook.verify'],
      ['webhook', 'webhook.store'],
      ['webhook', 'webhook.process'],
      ['webhook.process', 'sync'],
      ['sync', 'stripe.read'],
      ['stripe.read', 'stripe.request'],
      ['sync', 'sync.apply'],
      ['webhook.process', 'webhook.remember'],
      ['webhook.process', 'outbox.deliver'],
    ] as const)
      expect(under, name).toContainEqual([parent, name])
    expect(spans.filter(({ failed }) => failed)).toEqual([])
  })

  it('carries the ids of the event, of the customer and of the requests', async () => {
    const body = paidEvent(ada.id)
    const { id } = JSON.parse(body)
    await deliver(body, { 'x-vercel-id': 'fra1::iad1::x7k2p-1764298920000-0123456789ab' })
    const seen = (name: string) => collector.spans().find((span) => span.name === name)?.ids
    expect(seen('webhook')).toMatchObject({
      'http.request_id': 'fra1::iad1::x7k2p-1764298920000-0123456789ab',
      'stripe.event_id': id,
      'stripe.event_type': 'invoice.paid',
      'billing.target': ada.id,
    })
    expect(seen('webhook.store')).toEqual({ 'stripe.event_id': id, 'billing.target': ada.id })
    expect(seen('sync')).toMatchObject({ 'stripe.event_ids': [id], 'billing.target': ada.id })
    expect(seen('stripe.request')).toMatchObject({
      'http.request.method': 'GET',
      'url.path': '/v1/subscriptions',
      'http.response.status_code': 200,
      'stripe.request_id': expect.stringMatching(/^req_/),
    })
  })

  it('holds no email address, no key, no payload and no address with a query', async () => {
    await deliver(paidEvent(ada.id))
    const { secretKey, webhookSecrets } = env().stripe
    const sent = collector.requests.map(({ body }) => body).join('\n')
    expect(sent).toContain(ada.id)
    for (const part of ['@', '?', 'attempt_count', secretKey, ...webhookSecrets])
      expect(sent).not.toContain(part)
  })

  it('that a scheduled job takes is claimed, read and applied under the job', async () => {
    await ada.mark()
    await runJob('drain', runDrain)
    const spans = collector.spans()
    const job = spans.find(({ name }) => name === 'job')
    expect(job?.ids).toEqual({ 'billing.job': 'drain' })
    for (const name of ['sync.claim', 'sync', 'stripe.read', 'sync.apply']) {
      const own = spans.filter((span) => span.name === name)
      expect(own.length, name).toBeGreaterThan(0)
      expect(new Set(own.map(({ trace }) => trace)), name).toEqual(new Set([job?.trace]))
    }
  })
})

it('a delivery that Stripe did not sign is a span of its own, without a word of what was sent', async () => {
  const forged = new Request('http://localhost/api/webhooks/stripe', {
    method: 'POST',
    body: '{"email":"ada@example.com"}',
    headers: { 'stripe-signature': 't=1,v1=ada@example.com', 'x-request-id': 'ada@example.com' },
  })
  expect((await POST(forged)).status).toBe(400)
  await stop()
  expect(collector.spans().map(({ name, ids }) => [name, ids])).toEqual([
    ['webhook.verify', {}],
    ['webhook', {}],
  ])
})

it('a step that fails is marked by the name of its error', async () => {
  world.stripe.fail('500')
  await deliver(paidEvent(ada.id))
  world.stripe.fail(null)
  const failed = collector.spans().filter((span) => span.failed)
  expect(failed.map(({ name, ids }) => [name, ids['error.type']])).toEqual([
    ['stripe.read', 'Unavailable'],
    ['sync', 'Unavailable'],
  ])
})

it('the collector is asked with the headers of the environment, at the path of traces', async () => {
  await deliver(paidEvent(ada.id))
  expect(collector.requests[0]).toMatchObject({
    path: '/v1/traces',
    headers: { 'x-api-key': 'f00' },
  })
})

it('a collector that is away changes nothing about an event', async () => {
  await stop()
  stop = record('http://127.0.0.1:1')
  expect(await deliver(paidEvent(ada.id))).toBe(200)
  expect(await ada.tier()).toBe(SMALL)
})

it('without a collector nothing is recorded', async () => {
  await stop()
  await deliver(paidEvent(ada.id))
  expect(await ada.tier()).toBe(SMALL)
  expect(collector.requests).toEqual([])
})

function record(url: string): () => Promise<void> {
  const telemetry = telemetryOf(url, 'x-api-key=f00')
  if (!telemetry) throw new Error('There is no address.')
  return startTelemetry({ telemetry, appEnv: 'test' })
}

async function deliver(body: string, headers: Record<string, string> = {}): Promise<number> {
  const request = attempt(body)
  for (const [name, value] of Object.entries(headers)) request.headers.set(name, value)
  const { status } = await POST(request)
  for (const work of later.splice(0)) await work()
  return status
}
