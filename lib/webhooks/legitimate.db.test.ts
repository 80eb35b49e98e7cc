import { createHash, randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { eq } from 'drizzle-orm'
import { afterAll, afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { POST } from '@/app/api/webhooks/stripe/route'
import { db, disconnect } from '@/db/client'
import { webhookEvents } from '@/db/schema/events'
import { parseEventId } from '@/lib/ids'
import { delivery, hmac, sign } from './signed.fixture'

const NOW = new Date('2026-11-24T12:00:00Z')
const AT = NOW.getTime() / 1000
const DAY = 86_400
const [NEW, OLD, FOREIGN] = [
  'whsec_NewNewNewNewNewNew',
  'whsec_OldOldOldOldOldOld',
  'whsec_Unknown',
]

// Seen by the environment, which is read once, at the first delivery; the one before is the other's.
vi.hoisted(() => {
  vi.stubEnv('STRIPE_WEBHOOK_SECRET', 'whsec_NewNewNewNewNewNew,whsec_OldOldOldOldOldOld')
})
// What follows the answer is not this file's business.
vi.mock('next/server', () => ({ after: () => {} }))

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['Date'], now: NOW })
})
afterEach(() => {
  vi.useRealTimers()
})
afterAll(disconnect)

describe('an honest delivery is accepted, and kept byte for byte', () => {
  it.each<[string, object]>([
    ['a first attempt', {}],
    ['a retry after three days, under a fresh signature', { created: AT - 3 * DAY }],
    ['a resend from the dashboard after fifteen days', { created: AT - 15 * DAY }],
    ['a resend from the command line after thirty days', { created: AT - 30 * DAY }],
    ['a count of pending webhooks that changed since', { pending_webhooks: 0 }],
    [
      'names that we have never seen',
      { context: 'x', related: { id: 1 }, data: { previous: null, ...about({ new_field: [{}] }) } },
    ],
    ['an event that no API request caused', { request: null }],
    [
      'the shape of 2024',
      {
        api_version: '2024-06-20',
        ...subscription({ current_period_end: AT + DAY, discount: null }),
      },
    ],
    [
      'the shape of 2020',
      {
        api_version: '2020-08-27',
        ...subscription({ plan: { id: 'gold', amount: 1900 }, quantity: 1 }),
      },
    ],
    [
      'the shape of 2016',
      { api_version: '2016-07-06', request: 'req_1', ...subscription({ plan: { id: 'gold' } }) },
    ],
    ['no version at all', { api_version: null }],
    [
      'characters of every script',
      subscription({ metadata: { name: 'Žofie 王 🎉 العربية \u2028 \ufeff' } }),
    ],
    [
      'names of JavaScript’s own in its metadata',
      subscription({ metadata: JSON.parse('{"__proto__":"x","constructor":"y"}') }),
    ],
  ])('%s', async (_, over) => {
    await accepted(JSON.stringify(event(over)))
  })

  it.each<[string, (id: string) => string]>([
    ['pretty-printed, as Stripe does', (id) => JSON.stringify(event({ id }), null, 2)],
    ['with a line break at its end', (id) => `${JSON.stringify(event({ id }), null, 2)}\n`],
    ['minified', (id) => JSON.stringify(event({ id }))],
    ['with every character escaped', (id) => escaped(JSON.stringify(event({ id })))],
    ['with escaped surrogates', (id) => named(id, String.raw`\ud83c\udf89`)],
    ['with half of an escaped surrogate', (id) => named(id, String.raw`\ud83c`)],
    ['with an escaped NUL', (id) => named(id, String.raw`a\u0000b`)],
    ['one byte short of a mebibyte', (id) => filled(id, 1024 * 1024 - 1)],
    ['of a mebibyte exactly', (id) => filled(id, 1024 * 1024)],
  ])('%s', async (_, write) => {
    await accepted(write(eventId()))
  })

  it.each<[string, (body: string) => string]>([
    [
      'under the older secret, while ours is being rotated',
      (body) => sign(body, { secrets: [OLD] }),
    ],
    [
      'with a foreign signature first, while Stripe rolls its own',
      (body) => sign(body, { secrets: [FOREIGN, NEW] }),
    ],
    ['with a foreign signature last', (body) => sign(body, { secrets: [NEW, FOREIGN] })],
    [
      'with the test scheme beside it',
      (body) => `${sign(body, { secrets: [NEW] })},v0=${hmac(body, NEW, AT)}`,
    ],
    ['by a clock five minutes behind ours', (body) => sign(body, { secrets: [NEW], at: AT - 300 })],
    [
      'by a clock five minutes ahead of ours',
      (body) => sign(body, { secrets: [NEW], at: AT + 300 }),
    ],
  ])('signed %s', async (_, signed) => {
    const body = JSON.stringify(event())
    await accepted(body, signed(body))
  })

  it.each(['application/json; charset=utf-8', 'text/plain', ''])(
    'sent as "%s": the signature decides, not the label',
    async (type) => {
      const body = JSON.stringify(event())
      await accepted(body, sign(body, { secrets: [NEW] }), { 'content-type': type })
    },
  )
})

describe('the same event again', () => {
  // breakage: Stripe delivers an event again, after seconds or a month | 200 duplicate; nothing happens twice
  it('is a duplicate as a retry, as a replay and as a resend of a month later, and is kept once', async () => {
    const [first, later] = [event(), JSON.stringify(event({ pending_webhooks: 4 }))]
    await accepted(JSON.stringify(first))
    const again = later.replace(/evt_\w+/, first.id)
    expect(await post(JSON.stringify(first))).toBe('200 {"status":"duplicate"}')
    vi.setSystemTime(NOW.getTime() + 31 * DAY * 1000)
    expect(await post(again)).toBe('200 {"status":"duplicate"}')
    expect((await stored(first.id))?.payload).toBe(JSON.stringify(first))
  })
})

it('every type of event that Stripe has is answered 200, asked for or not', async () => {
  const types = everyType()
  expect(types.length).toBeGreaterThan(200)
  // A few at a time: how many at once are answered in time is not what this is about.
  const queue = types.values()
  const answers: string[] = []
  const sender = async () => {
    for (const type of queue) answers.push(await post(JSON.stringify(event({ type }))))
  }
  await Promise.all(Array.from({ length: 8 }, sender))
  expect(answers).toHaveLength(types.length)
  expect(new Set(answers)).toEqual(
    new Set(['200 {"status":"accepted"}', '200 {"status":"ignored","reason":"unknown_type"}']),
  )
})

async function accepted(body: string, signature?: string, headers?: Record<string, string>) {
  expect(await post(body, signature, headers)).toBe('200 {"status":"accepted"}')
  const row = await stored(/"evt_\w+"/.exec(unescaped(body))?.[0].slice(1, -1) ?? '')
  expect(Buffer.from(row?.payload ?? '').equals(Buffer.from(body))).toBe(true)
  expect(row?.payloadSha256).toBe(createHash('sha256').update(body).digest('hex'))
}

async function post(body: string, signature = sign(body, { secrets: [NEW] }), headers = {}) {
  const response = await POST(delivery(body, { 'stripe-signature': signature, ...headers }))
  return `${response.status} ${await response.text()}`
}

async function stored(id: string) {
  const [row] = await db()
    .select()
    .from(webhookEvents)
    .where(eq(webhookEvents.id, parseEventId(id)))
  return row
}

function event(over: object = {}) {
  return {
    id: eventId(),
    object: 'event',
    api_version: '2026-10-28.endive',
    created: AT - 1,
    ...subscription({}),
    livemode: false,
    pending_webhooks: 1,
    request: { id: 'req_1', idempotency_key: null },
    type: 'customer.subscription.updated',
    ...over,
  }
}

function eventId() {
  return `evt_${randomUUID().replaceAll('-', '')}`
}

function about(fields: object) {
  return { object: { id: 'sub_1', object: 'subscription', customer: 'cus_honest', ...fields } }
}

function subscription(fields: object) {
  return { data: about(fields) }
}

/** The event with a name that JSON would write differently. */
function named(id: string, name: string): string {
  return JSON.stringify(event({ id, ...subscription({ metadata: { name: 'NAME' } }) })).replace(
    'NAME',
    name,
  )
}

function filled(id: string, size: number): string {
  const empty = named(id, '')
  return named(id, '~'.repeat(size - empty.length))
}

function escaped(json: string): string {
  return json.replace(
    /[a-z_](?=[^"]*"[,}:])/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
}

function unescaped(body: string): string {
  return body.replace(/\\u00(5f|[67]\w)/g, (_, code) =>
    String.fromCharCode(Number.parseInt(code, 16)),
  )
}

/** As the SDK lists them for an endpoint's subscription. */
function everyType(): string[] {
  const types = createRequire(import.meta.url)
    .resolve('stripe')
    .replace(/(esm|cjs)\/.*$/, 'esm/resources/WebhookEndpoints.d.ts')
  const listed = /type EnabledEvent =([^;]*);/.exec(readFileSync(types, 'utf8'))?.[1] ?? ''
  return [...listed.matchAll(/'([a-z0-9_.]+)'/g)].flatMap(([, type]) => type ?? [])
}
