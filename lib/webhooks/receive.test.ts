import { createHash, createHmac } from 'node:crypto'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import type { Ingested, NewEvent } from '@/db/queries/ledger'
import { BRAND } from '@/lib/brand'
import { log } from '@/lib/log'
import { claim } from '@/lib/sync/rows.fixture'
import type { InboxPorts } from './ports'
import { receiveEvent } from './receive'

const SECRET = 'whsec_4c1a7f2e9b3d5a60718293a4b5c6d7e8'
const OTHER = 'whsec_99887766554433221100aabbccddeeff'
const NOW = new Date('2026-11-23T12:00:00Z')
const T = NOW.getTime() / 1000

const EVENT = {
  id: 'evt_1',
  object: 'event',
  api_version: '2026-10-28.endive',
  created: T - 60,
  data: { object: { id: 'in_1', object: 'invoice', customer: 'cus_ada', attempt_count: 2 } },
  livemode: false,
  type: 'invoice.payment_failed',
}

let stored: NewEvent[]
let asked: number
let answer: () => Promise<Ingested>
let remembered: Set<string>
let ports: InboxPorts

beforeEach(() => {
  stored = []
  asked = 0
  remembered = new Set()
  answer = async () => ({ outcome: 'new', state: 'pending', claim: null })
  ports = {
    ingestEvent: (event) => {
      stored.push(event)
      return answer()
    },
    isCommitted: async (id) => {
      asked += 1
      return remembered.has(id)
    },
    rememberAlong: () => false,
    secrets: [SECRET],
    now: () => NOW,
    appEnv: 'test',
    livemode: false,
  }
})

function sign(body: string, secret = SECRET, t = T): string {
  return `t=${t},v1=${createHmac('sha256', secret).update(`${t}.${body}`).digest('hex')}`
}

function deliver(body: string, signature: string | null = sign(body)) {
  return receiveEvent(ports, Buffer.from(body), signature)
}

const send = (over: object = {}) => deliver(JSON.stringify({ ...EVENT, ...over }))

describe('an event of Stripe', () => {
  it('is stored with what we need to know of it, and accepted', async () => {
    expect(await send()).toEqual({
      status: 200,
      body: { status: 'accepted' },
      stored: { eventId: 'evt_1', claim: null },
    })
    const payload = JSON.stringify(EVENT)
    expect(stored).toMatchObject([
      {
        id: 'evt_1',
        type: 'invoice.payment_failed',
        targetKey: 'cus_ada',
        reason: null,
        objectId: 'in_1',
        customerId: 'cus_ada',
        attempt: 2,
        livemode: false,
        apiVersion: '2026-10-28.endive',
        createdAt: new Date((T - 60) * 1000),
        payload,
        payloadSha256: createHash('sha256').update(payload).digest('hex'),
      },
    ])
  })

  it('that takes the lease brings work, which the answer does not wait for', async () => {
    answer = async () => ({ outcome: 'new', state: 'pending', claim: claim() })
    expect((await send()).stored).toEqual({ claim: claim(), eventId: 'evt_1' })
  })

  it('that was seen before is a duplicate, and 200, or Stripe would send it again', async () => {
    answer = async () => ({ outcome: 'duplicate', state: 'done', claim: null })
    expect(await send()).toMatchObject({ status: 200, body: { status: 'duplicate' } })
  })

  it('that Postgres does not store within five seconds is answered 503, never left hanging', async () => {
    vi.useFakeTimers()
    answer = () => new Promise(() => {})
    const answered = send()
    await vi.advanceTimersByTimeAsync(5_000)
    expect(await answered).toMatchObject({ status: 503, body: { error: 'unavailable' } })
    vi.useRealTimers()
  })

  it('that was ignored before is a duplicate, too', async () => {
    answer = async () => ({ outcome: 'duplicate', state: 'ignored', claim: null })
    expect((await send({ livemode: true })).body).toEqual({ status: 'duplicate' })
  })

  it('that was born days ago is taken: its signature is new', async () => {
    expect((await send({ created: T - 3 * 86_400 })).status).toBe(200)
  })

  it('passes with either secret while one is being rotated', async () => {
    ports.secrets = [OTHER, SECRET]
    expect((await send()).status).toBe(200)
  })
})

describe('an event that is not for us', () => {
  const ofInvoice = (metadata: object) => ({
    data: { object: { ...EVENT.data.object, metadata } },
  })

  it.each([
    ['foreign_account', { account: 'acct_1' }],
    ['foreign_app', ofInvoice({ app: 'another-shop' })],
    ['foreign_environment', ofInvoice({ app: BRAND.stripe.app, env: 'production' })],
    ['other_livemode', { livemode: true }],
    ['unknown_type', { type: 'charge.succeeded' }],
    ['no_customer', { data: { object: { id: 'in_1', object: 'invoice' } } }],
  ])('is stored and ignored, with its reason: %s', async (reason, over) => {
    expect(await send(over)).toMatchObject({ status: 200, body: { status: 'ignored', reason } })
    expect(stored).toMatchObject([{ id: 'evt_1', targetKey: null, reason }])
  })
})

describe('what Stripe did not sign', () => {
  const body = JSON.stringify(EVENT)

  it.each([
    ['without a signature', null],
    ['with an empty one', ''],
    ['with one of another secret', sign(body, OTHER)],
    ['with one of an empty secret', sign(body, '')],
    ['with one of another body', sign(`${body} `)],
    ['with one that is older than five minutes', sign(body, SECRET, T - 301)],
    ['with one from the future', sign(body, SECRET, T + 301)],
    ['with a secret that only looks signed', `t=${T},v1=${SECRET}`],
  ])('%s is refused in constant words, and nothing is touched', async (_, signature) => {
    const refused = { status: 400, body: { error: 'invalid_signature' }, stored: null }
    expect(await deliver(body, signature)).toEqual(refused)
    expect({ stored, asked }).toEqual({ stored: [], asked: 0 })
  })
})

it('a secret that was rolled at Stripe and not here is reported to operators, without what was sent', async () => {
  // An hour on: other tests were refused, too.
  vi.spyOn(performance, 'now').mockReturnValue(performance.now() + 3_600_000)
  const warn = vi.spyOn(log, 'warn')
  const body = JSON.stringify(EVENT)
  for (let n = 0; n < 20; n += 1) await deliver(body, sign(body, OTHER))
  expect(warn.mock.calls).toEqual([
    [
      { status: 400, reason: 'no signature matches', refused: expect.any(Number) },
      expect.stringContaining('STRIPE_WEBHOOK_SECRET'),
    ],
  ])
  vi.restoreAllMocks()
})

describe('what Stripe signed and is no event', () => {
  it.each(['', '{', 'null', '[]', '{}', '{"id":"evt_1","object":"v2.core.event"}'])(
    '%j is refused in constant words, and nothing is touched',
    async (body) => {
      const refused = { status: 400, body: { error: 'invalid_payload' }, stored: null }
      expect(await deliver(body)).toEqual(refused)
      expect({ stored, asked }).toEqual({ stored: [], asked: 0 })
    },
  )
})

describe('an event that cannot be stored', () => {
  it.each([{}, { type: 'charge.succeeded' }])(
    'is unavailable, so that Stripe sends it again: %j',
    async (over) => {
      answer = () => Promise.reject(new Error('connect ECONNREFUSED postgres://u:hunter2@db'))
      expect(await send(over)).toEqual({
        status: 503,
        body: { error: 'unavailable' },
        stored: null,
      })
    },
  )

  it('is a duplicate all the same when Redis remembers that it was stored', async () => {
    answer = () => Promise.reject(new Error('connection lost'))
    remembered.add('evt_1')
    expect(await send()).toEqual({ status: 200, body: { status: 'duplicate' }, stored: null })
  })

  it('is accepted when Stripe sends it again and Postgres is back', async () => {
    answer = () => Promise.reject(new Error('connection lost'))
    await send()
    answer = async () => ({ outcome: 'new', state: 'pending', claim: null })
    expect((await send()).body).toEqual({ status: 'accepted' })
  })
})

it.each([[[]], [['']]])(
  'without a secret (%j) nothing can be believed, and Stripe is to come back',
  async (secrets) => {
    ports.secrets = secrets
    expect(await send()).toEqual({ status: 503, body: { error: 'unavailable' }, stored: null })
    expect(stored).toEqual([])
  },
)
