import Stripe from 'stripe'
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { CREDIT_PACKS } from '@/lib/catalog/credit-packs'
import { PLANS } from '@/lib/catalog/plans'
import { GREAT, SMALL } from '@/lib/catalog/tiers.fixture'
import type { Given } from '@/lib/env-given'
import { handledEvents } from '@/lib/events/handlers'
import { type Clinic, openClinic, type Served, serve } from './clinic.fixture'

const chart = vi.hoisted(() => ({ env: null as import('@/lib/env').Env | null }))
vi.mock('@/lib/env', async (original) => ({
  ...(await original<typeof import('@/lib/env')>()),
  env: () => chart.env,
}))

let clinic: Clinic
let stripe: Stripe
const undo: (() => unknown)[] = []

beforeAll(async () => {
  clinic = await openClinic(chart)
  const { port } = clinic.shop
  stripe = new Stripe('sk_test_operator', { host: '127.0.0.1', port, protocol: 'http' })
})
afterEach(async () => {
  for (const one of undo.splice(0).reverse()) await one()
})
afterAll(() => clinic.close())

describe('of the key', () => {
  it('a Stripe that is away is found, and nothing more is asked of it', async () => {
    const given = { STRIPE_API_BASE: 'http://127.0.0.1:1' }
    const found = await clinic.diagnose(given, ['stripe', 'prices', 'webhook_events'])
    expect(found.map(({ status }) => status)).toEqual(['fail', 'skip', 'skip'])
  })

  it('one that Stripe does not take is found, and is not repeated', async () => {
    const STRIPE_API_BASE = await refusing(401, 'Invalid API Key provided: sk_test_ledgerline')
    const found = await look('stripe', { STRIPE_API_BASE })
    expect(found).toMatchObject({
      status: 'fail',
      detail: expect.stringContaining('Invalid API Key'),
    })
    expect(JSON.stringify(found)).not.toContain('sk_test_ledgerline')
  })

  it('a restricted one that lacks permissions is found, with which', async () => {
    const STRIPE_API_BASE = await refusing(
      403,
      'The provided key does not have it.',
      /customers|events/,
    )
    const given = { STRIPE_API_BASE, STRIPE_SECRET_KEY: 'rk_test_restricted' }
    expect(await look('permissions', given)).toMatchObject({
      status: 'fail',
      detail: 'lacks Customers: Write, Events: Read',
    })
  })
})

describe('of what is sold', () => {
  it.each([
    ['price of a plan', PLANS[SMALL].lookupKeys.month] as const,
    ...CREDIT_PACKS.map(({ lookupKey }) => ['pack of credits', lookupKey] as const),
  ])(
    'a %s that was taken off sale is found, and so is the catalog that differs',
    async (_, key) => {
      const {
        data: [price],
      } = await stripe.prices.list({ lookup_keys: [key] })
      await stripe.prices.update(`${price?.id}`, { active: false })
      undo.push(() => stripe.prices.update(`${price?.id}`, { active: true }))
      expect(await look('prices')).toMatchObject({
        status: 'fail',
        detail: expect.stringContaining(`${price?.lookup_key}`),
      })
      expect(await look('catalog')).toMatchObject({ status: 'warn' })
    },
  )

  it.each([
    ['that Stripe does not have', async () => 'price_nowhere'],
    [
      'of another plan',
      async () =>
        (await stripe.prices.list({ lookup_keys: [PLANS[GREAT].lookupKeys.month] })).data[0]?.id,
    ],
  ])('a fixed price %s is found', async (_, price) => {
    const given = { [`STRIPE_PRICE_${SMALL.toUpperCase()}`]: `${await price()}` }
    expect(await look('prices', given)).toMatchObject({ status: 'fail' })
  })

  it('a product that was renamed by hand is found', async () => {
    const { data } = await stripe.products.list()
    const product = data.find(({ metadata }) => metadata.tier === SMALL)
    await stripe.products.update(`${product?.id}`, { name: 'Renamed' })
    undo.push(() => stripe.products.update(`${product?.id}`, { name: `${product?.name}` }))
    expect(await look('catalog')).toMatchObject({
      status: 'warn',
      detail: expect.stringContaining('different: product'),
    })
  })

  it('a portal that sells something else is found', async () => {
    const {
      data: [portal],
    } = await stripe.billingPortal.configurations.list({ limit: 1 })
    const settings = `${portal?.metadata?.settings}`
    await stripe.billingPortal.configurations.update(`${portal?.id}`, {
      metadata: { settings: 'other' },
    })
    undo.push(() =>
      stripe.billingPortal.configurations.update(`${portal?.id}`, { metadata: { settings } }),
    )
    expect(await look('portal')).toMatchObject({ status: 'warn' })
  })
})

describe('of the webhook endpoint', () => {
  it.each<[string, string, (id: string) => Promise<unknown>]>([
    [
      'that is switched off',
      'webhook_endpoint',
      (id) => stripe.webhookEndpoints.update(id, { disabled: true }),
    ],
    [
      'at another address',
      'webhook_endpoint',
      (id) =>
        stripe.webhookEndpoints.update(id, { url: 'https://old.example.com/api/webhooks/stripe' }),
    ],
    ['that is gone', 'webhook_endpoint', (id) => stripe.webhookEndpoints.del(id)],
    [
      'of an older version',
      'webhook_version',
      (id) => replace(id, { api_version: '2025-03-31.basil' }),
    ],
    ['without a version of its own', 'webhook_version', (id) => replace(id, {})],
    [
      'that hears too little',
      'webhook_events',
      (id) => stripe.webhookEndpoints.update(id, { enabled_events: ['invoice.paid'] }),
    ],
    [
      'that hears too much',
      'webhook_events',
      (id) => stripe.webhookEndpoints.update(id, { enabled_events: ['*'] }),
    ],
  ])('one %s is found by %s', async (_, check, plant) => {
    const {
      data: [endpoint],
    } = await stripe.webhookEndpoints.list()
    await plant(`${endpoint?.id}`)
    undo.push(clinic.push)
    expect(await look(check)).toMatchObject({
      status: 'fail',
      fix: expect.stringContaining('npm run stripe:push'),
    })
  })

  it('deliveries that failed are found', async () => {
    const control = (path: string, body: object) =>
      fetch(`${clinic.shop.url}/_sandbox/${path}`, { method: 'POST', body: JSON.stringify(body) })
    await control('chaos', { drop: true })
    undo.push(() => control('chaos', { drop: false }))
    const { id } = await stripe.customers.create({ name: 'Ada' })
    await stripe.customers.update(id, { name: 'Ada Lovelace' })
    await control('clock', { advance: 1_200 })
    expect(await look('webhook_deliveries')).toMatchObject({ status: 'warn' })
  })
})

describe('of the application', () => {
  it('one that does not answer, redirects, or is another one is found', async () => {
    const away = await serving((_, response) =>
      response.writeHead(308, { location: 'https://www.example.com' }).end(),
    )
    const other = await serving((_, response) => response.end('<html>Log in to Vercel</html>'))
    for (const APP_URL of ['http://127.0.0.1:1', away, other])
      expect(await look('app', { APP_URL })).toMatchObject({ status: 'fail' })
  })

  it('one that has another webhook secret is found', async () => {
    const STRIPE_WEBHOOK_SECRET = 'whsec_99887766554433221100aabbccddeeff'
    // What runs goes on with its own.
    const APP_URL = await serving((request, response) => {
      if (request.url === '/api/health') return response.end('{"status":"ok","checks":{}}')
      return response.writeHead(400).end('{"error":"invalid_signature"}')
    })
    const found = await look('webhook_round_trip', { STRIPE_WEBHOOK_SECRET, APP_URL })
    expect(found).toMatchObject({ status: 'fail', detail: 'the server refuses the signature' })
  })

  it('one that stores elsewhere is found, and one that cannot store', async () => {
    const answers = [
      [200, '{"status":"ignored"}'],
      [503, '{"error":"unavailable"}'],
    ] as const
    for (const [status, body] of answers) {
      const APP_URL = await serving((request, response) => {
        if (request.url === '/api/health') return response.end('{"status":"ok","checks":{}}')
        return response.writeHead(status).end(body)
      })
      expect(await look('webhook_round_trip', { APP_URL })).toMatchObject({ status: 'fail' })
    }
    // And what is whole is, be it asked twice.
    for (const _ of [1, 2]) expect(await look('webhook_round_trip')).toMatchObject({ status: 'ok' })
  })
})

async function look(id: string, given: Given = {}) {
  const [found] = await clinic.diagnose(given, [id])
  return found
}

async function serving(handle: Parameters<typeof serve>[0]): Promise<string> {
  const served: Served = await serve(handle)
  undo.push(() => served.close())
  return served.url
}

// A Stripe for what the sandbox never says: it takes any key.
function refusing(status: number, message: string, paths = /./): Promise<string> {
  return serving((request, response) => {
    const refused = paths.test(`${request.url}`)
    const error = { type: 'invalid_request_error', message }
    const headers = { 'stripe-should-retry': 'false' }
    response.writeHead(refused ? status : 200, headers)
    response.end(
      JSON.stringify(refused ? { error } : { object: 'list', data: [], has_more: false }),
    )
  })
}

// Another endpoint in the place of one, which cannot change its version.
async function replace(id: string, version: { api_version?: '2025-03-31.basil' }): Promise<void> {
  const { url, metadata } = await stripe.webhookEndpoints.retrieve(id)
  await stripe.webhookEndpoints.del(id)
  const enabled_events = [...handledEvents] as Stripe.WebhookEndpointCreateParams.EnabledEvent[]
  await stripe.webhookEndpoints.create({
    url,
    metadata,
    enabled_events,
    ...version,
  } as Stripe.WebhookEndpointCreateParams)
}
