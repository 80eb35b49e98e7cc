import { gzipSync } from 'node:zlib'
import { afterAll, afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { POST } from '@/app/api/webhooks/stripe/route'
import { BRAND } from '@/lib/brand'
import { PLANS } from '@/lib/catalog/plans'
import { SMALL } from '@/lib/catalog/tiers.fixture'
import { WITHOUT_SOAKS } from '@/scripts/test/soaks'
import { inboxPorts } from './inbox-ports'
import { receiveEvent } from './receive'
import { delivery, hmac, sign } from './signed.fixture'
import { setTripwire } from './tripwire.fixture'

const SECRET = 'whsec_4c1a7f2e9b3d5a60718293a4b5c6d7e8'
const ROLLING = 'whsec_00ffee11dd22cc33bb44aa5566778899'
const OTHER = 'whsec_99887766554433221100aabbccddeeff'
const AT = 1_795_000_000

vi.mock('next/server', () => ({ after: () => expect.unreachable('There is work to do.') }))

const tripwire = await setTripwire([SECRET, ROLLING])
afterAll(tripwire.stop)

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['Date'], now: AT * 1000 })
})

// Neither Postgres nor Redis nor Stripe hears of any of it.
afterEach(() => {
  expect(tripwire.touched()).toBe(0)
  vi.useRealTimers()
})

const EVENT = {
  id: 'evt_1Sx9vTLkdIwHu7ix2mW3oXyz',
  object: 'event',
  api_version: '2026-10-28.endive',
  created: AT - 2,
  data: {
    object: {
      id: 'sub_1Sx9vQLkdIwHu7ixAbCdEfGh',
      object: 'subscription',
      customer: 'cus_TuRing1912Ada1815',
      status: 'active',
      metadata: { app: BRAND.stripe.app, env: 'test' },
      description: '',
    },
  },
  livemode: false,
  pending_webhooks: 1,
  request: { id: 'req_8kd2', idempotency_key: null },
  type: 'customer.subscription.updated',
}
const room = 2048 - JSON.stringify(EVENT).length
EVENT.data.object.description = `${PLANS[SMALL].name}, paid monthly. `.repeat(120).slice(0, room)

const BODY = Buffer.from(JSON.stringify(EVENT))
const HEADER = sign(BODY, { secrets: [SECRET], at: AT })
const GOOD = hmac(BODY, SECRET, AT)

// Prime: in the short run the flipped bits stand at each place within a byte.
const SOME = 61

describe('one flipped bit', () => {
  // breakage: one bit of an event flips on its way | 400 in constant words; nothing is stored, and Stripe sends it again
  it('anywhere in an event of two kilobytes is refused', async () => {
    expect(BODY).toHaveLength(2048)
    const answers = new Set<string>()
    for (let bit = 0; bit < BODY.length * 8; bit += WITHOUT_SOAKS ? SOME : 1) {
      answers.add(await answerTo(flipped(BODY, bit), { 'stripe-signature': HEADER }))
    }
    expect([...answers]).toEqual(['400 {"error":"invalid_signature"}'])
    // Each of them takes a minute where every core is busy.
  }, 240_000)

  it('anywhere in the header is refused', async () => {
    const answers = new Set<string>()
    for (let bit = 0; bit < HEADER.length * 8; bit++) {
      const header = flipped(Buffer.from(HEADER, 'latin1'), bit).toString('latin1')
      const { status, body } = await receiveEvent(inboxPorts(), BODY, header)
      answers.add(`${status} ${JSON.stringify(body)}`)
    }
    expect([...answers]).toEqual(['400 {"error":"invalid_signature"}'])
  })
})

type Forgery = {
  signature?: string | null
  body?: string | Uint8Array<ArrayBuffer>
  headers?: Record<string, string>
}

const signedAt = (at: number | string) => ({ signature: sign(BODY, { secrets: [SECRET], at }) })
const under = (secret: string) => ({ signature: sign(BODY, { secrets: [secret], at: AT }) })
const header = (signature: string) => ({ signature })

// Each is a way in that attackers have tried. None of them was made with the secret.
const FORGED: [string, Forgery][] = [
  ['no signature at all', { signature: null }],
  ['an empty signature', header('')],
  ['a time and nothing else', header(`t=${AT}`)],
  ['a signature without a time', header(`v1=${GOOD}`)],
  ['a time that is a word', header(`t=now,v1=${GOOD}`)],
  ['an empty time', header(`t=,v1=${GOOD}`)],
  ['letters after the time', header(`t=${AT}abc,v1=${GOOD}`)],
  ['a time in milliseconds', signedAt(AT * 1000)],
  ['a time in hexadecimal', signedAt(`0x${AT.toString(16)}`)],
  ['a negative time', signedAt(-AT)],
  ['two times, the last of them right', header(`t=${AT - 9999},t=${AT},v1=${GOOD}`)],
  ['the right time twice', header(`t=${AT},t=${AT},v1=${GOOD}`)],
  ['two headers joined into one', header(`${HEADER}, ${HEADER}`)],
  ['an empty v1', header(`t=${AT},v1=`)],
  ['a v1 without an equals sign', header(`t=${AT},v1`)],
  ['half of the signature', header(`t=${AT},v1=${GOOD.slice(0, 32)}`)],
  ['a signature with more behind it', header(`t=${AT},v1=${GOOD}00`)],
  ['a signature in capitals', header(`t=${AT},v1=${GOOD.toUpperCase()}`)],
  ['a signature in base64', header(`t=${AT},v1=${Buffer.from(GOOD, 'hex').toString('base64')}`)],
  ['the right signature under the test scheme v0', header(`t=${AT},v0=${GOOD}`)],
  ['the right signature under a scheme that is still to come', header(`t=${AT},v2=${GOOD}`)],
  ['a thousand signatures', header(`t=${AT}${`,v1=${GOOD}`.repeat(1000)}`)],
  [
    'six signatures, the last of them right',
    header(`t=${AT}${`,v1=${'0'.repeat(64)}`.repeat(5)},v1=${GOOD}`),
  ],
  ['the secret of another endpoint', under(OTHER)],
  ['the secret without its prefix', under(SECRET.replace('whsec_', ''))],
  [
    'the secret decoded from base64',
    under(Buffer.from(SECRET.slice(6), 'base64').toString('latin1')),
  ],
  ['an empty secret', { signature: `t=${AT},v1=${hmac(BODY, '', AT)}` }],
  ['the secret "undefined"', under('undefined')],
  ['both secrets of a rotation as one', under(`${SECRET},${ROLLING}`)],
  ['the secret itself for a signature', header(`t=${AT},v1=${SECRET}`)],
  ['a signature of the body without its time', header(`t=${AT},v1=${hmac(BODY, SECRET, '')}`)],
  ['a signature from 301 seconds ago', signedAt(AT - 301)],
  ['a signature from a month ago', signedAt(AT - 31 * 86_400)],
  ['a signature from 301 seconds ahead', signedAt(AT + 301)],
  ['a signature from next year', signedAt(AT + 365 * 86_400)],
  ['an old signature under a fresh time', header(`t=${AT},v1=${hmac(BODY, SECRET, AT - 9999)}`)],
  ['the body written anew with the same meaning', { body: JSON.stringify(EVENT, null, 2) }],
  ['the body with one space at its end', { body: `${BODY} ` }],
  ['the body behind a byte order mark', { body: `\ufeff${BODY}` }],
  ['an empty body', { body: '' }],
  [
    'the body packed with gzip',
    { body: Buffer.from(gzipSync(BODY)), headers: { 'content-encoding': 'gzip' } },
  ],
  [
    'another customer in the body',
    { body: String(BODY).replace('cus_TuRing1912Ada1815', 'cus_Mallory') },
  ],
  [
    'a form instead of JSON',
    {
      body: 'id=evt_1&object=event',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
    },
  ],
  [
    'a signature that asks to be skipped',
    { signature: 'skip', headers: { 'x-skip-verify': 'true', 'dj-stripe-secret': OTHER } },
  ],
]

describe('a forged delivery with', () => {
  // breakage: an attacker without the secret posts an event | 400 in constant words; neither Postgres nor Redis is asked
  it.each(FORGED)('%s gets the same answer as any other', async (_, forgery) => {
    const { signature = HEADER, body = BODY, headers = {} } = forgery
    const all = signature === null ? headers : { ...headers, 'stripe-signature': signature }
    expect(await answerTo(body, all)).toBe('400 {"error":"invalid_signature"}')
  })

  // breakage: a body is larger than one mebibyte | 413; it is neither kept nor hashed
  it('more than a mebibyte is not even hashed', async () => {
    const body = Buffer.alloc(1024 * 1024 + 1, ' ')
    expect(await answerTo(body, {})).toBe('413 {"error":"payload_too_large"}')
  })
})

const thin = { ...EVENT, object: 'v2.core.event' }

// Signed with our secret and still not an event: by a mistake of ours, or an attacker who stole the secret.
const NO_EVENT: [string, string | Uint8Array<ArrayBuffer>][] = [
  ['a thin event', JSON.stringify(thin)],
  ['null', 'null'],
  ['an array', '[]'],
  ['an event twice', `${BODY}${BODY}`],
  ['the same name twice', String(BODY).replace('{"id"', '{"type":"invoice.paid","id"')],
  ['__proto__ for a name', String(BODY).replace('{"id"', '{"__proto__":{"livemode":true},"id"')],
  ['brackets without end', '['.repeat(500_000)],
  ['nesting without end', `${'{"a":'.repeat(20_000)}1${'}'.repeat(20_000)}`],
  ['bytes that are no text', Buffer.concat([BODY, Buffer.from([0xc3, 0x28])])],
  ['a byte order mark first', `\ufeff${BODY}`],
]

describe('a signed body that is', () => {
  // breakage: something is signed with our secret and is no event | 400 in constant words; nothing is stored
  it.each(NO_EVENT)('%s gets the same answer as any other', async (_, body) => {
    const signature = sign(body, { secrets: [SECRET], at: AT })
    const answer = await answerTo(body, { 'stripe-signature': signature })
    expect(answer).toBe('400 {"error":"invalid_payload"}')
  })
})

it('an honest delivery does come near them, so that silence above means something', async () => {
  expect(await answerTo(BODY, { 'stripe-signature': HEADER })).toBe('503 {"error":"unavailable"}')
  expect(tripwire.touched()).toBeGreaterThan(0)
  tripwire.forget()
})

/** Status and body; nothing else that a sender could learn from may differ. */
async function answerTo(body: string | Uint8Array<ArrayBuffer>, headers: Record<string, string>) {
  const response = await POST(delivery(body, headers))
  expect([...response.headers]).toEqual([
    ['cache-control', 'no-store'],
    ['content-type', 'application/json'],
  ])
  return `${response.status} ${await response.text()}`
}

function flipped(source: Buffer, bit: number): Buffer<ArrayBuffer> {
  const copy = Buffer.from(source)
  copy.writeUInt8(copy.readUInt8(bit >> 3) ^ (1 << (bit & 7)), bit >> 3)
  return copy
}
