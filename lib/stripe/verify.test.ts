import { createHmac } from 'node:crypto'
import Stripe from 'stripe'
import { describe, expect, test } from 'vitest'
import { Unavailable } from '@/lib/errors'
import { InvalidPayload, InvalidSignature, verifyWebhook } from './verify'

const SECRET = 'whsec_4c1a7f2e9b3d5a60718293a4b5c6d7e8'
const OTHER = 'whsec_aaaabbbbccccddddeeeeffff00001111'
const NOW = new Date('2026-11-23T12:00:00Z')
const T = NOW.getTime() / 1000

const EVENT = {
  id: 'evt_1',
  object: 'event',
  api_version: '2026-10-28.endive',
  created: T - 3 * 86_400,
  data: { object: { id: 'sub_1', object: 'subscription', customer: 'cus_1' } },
  livemode: false,
  pending_webhooks: 1,
  request: { id: null, idempotency_key: null },
  type: 'customer.subscription.updated',
}
const BODY = JSON.stringify(EVENT)

const bytes = (body: string | Uint8Array) => Buffer.from(body)
const hmac = (body: string | Uint8Array, secret = SECRET, t: string | number = T) =>
  createHmac('sha256', secret).update(`${t}.`).update(body).digest('hex')
const signed = (body: string | Uint8Array, secret = SECRET, t = T) =>
  `t=${t},v1=${hmac(body, secret, t)}`
const verify = (
  body: string | Uint8Array,
  header: string | null = signed(body),
  secrets = [SECRET],
) => verifyWebhook(bytes(body), header, secrets, NOW)

describe('an authentic event', () => {
  test('is read', () => {
    expect(verify(BODY)).toEqual({
      id: 'evt_1',
      type: 'customer.subscription.updated',
      created: new Date(EVENT.created * 1000),
      livemode: false,
      account: null,
      apiVersion: '2026-10-28.endive',
      objectType: 'subscription',
      objectId: 'sub_1',
      customerId: 'cus_1',
      chargeId: null,
      attempt: null,
      metadataApp: null,
      metadataEnv: null,
      payload: BODY,
    })
  })

  test('that Stripe retries after three days carries a fresh signature and is taken', () => {
    const old = JSON.stringify({ ...EVENT, created: T - 3 * 86_400 })
    expect(verify(old).created).toEqual(new Date((T - 3 * 86_400) * 1000))
  })

  test('passes the same way when the SDK makes the signature', () => {
    const header = Stripe.webhooks.generateTestHeaderString({
      payload: BODY,
      secret: SECRET,
      timestamp: T,
    })
    expect(verify(BODY, header).id).toBe('evt_1')
  })

  test('with characters of every script passes on its bytes', () => {
    const body = JSON.stringify({
      ...EVENT,
      data: { object: { id: 'cus_1', object: 'customer', name: 'Žofie 王 🎉' } },
    })
    expect(verify(body).payload).toBe(body)
  })
})

describe('secrets', () => {
  test('either of two is enough, while ours is being changed', () => {
    expect(verify(BODY, signed(BODY, SECRET), [OTHER, SECRET]).id).toBe('evt_1')
    expect(verify(BODY, signed(BODY, OTHER), [OTHER, SECRET]).id).toBe('evt_1')
  })

  test('either of two signatures is enough, while Stripe is rolling its own', () => {
    expect(verify(BODY, `t=${T},v1=${hmac(BODY, OTHER)},v1=${hmac(BODY)}`).id).toBe('evt_1')
  })

  test('another endpoint’s secret is refused', () => {
    expect(() => verify(BODY, signed(BODY, OTHER))).toThrow(InvalidSignature)
  })

  test.each([[[]], [['']], [['  ']], [[SECRET, '']]])(
    '%j is not something to check against',
    (secrets) => {
      expect(() => verify(BODY, signed(BODY, ''), secrets)).toThrow(Unavailable)
    },
  )
})

describe('the time of the signature', () => {
  test.each([0, 1, 299, 300])('%i seconds away is taken, before and after', (seconds) => {
    expect(verify(BODY, signed(BODY, SECRET, T - seconds)).id).toBe('evt_1')
    expect(verify(BODY, signed(BODY, SECRET, T + seconds)).id).toBe('evt_1')
  })

  test.each([301, 3600, 31 * 86_400])('%i seconds away is refused, before and after', (seconds) => {
    expect(() => verify(BODY, signed(BODY, SECRET, T - seconds))).toThrow(InvalidSignature)
    expect(() => verify(BODY, signed(BODY, SECRET, T + seconds))).toThrow(InvalidSignature)
  })

  test('there is no way to ask for another tolerance', () => {
    expect(verifyWebhook).toHaveLength(4)
  })
})

describe('one flipped bit', () => {
  const header = signed(BODY)

  test('anywhere in the body is refused', () => {
    const body = bytes(BODY)
    for (let bit = 0; bit < body.length * 8; bit++) {
      expect(() => verifyWebhook(flip(body, bit), header, [SECRET], NOW)).toThrow(InvalidSignature)
    }
  })

  test('anywhere in the header is refused', () => {
    for (let bit = 0; bit < header.length * 8; bit++) {
      const flipped = flip(Buffer.from(header, 'latin1'), bit).toString('latin1')
      expect(() => verify(BODY, flipped), flipped).toThrow(InvalidSignature)
    }
  })

  function flip(source: Buffer, bit: number): Buffer {
    const copy = Buffer.from(source)
    copy.writeUInt8(copy.readUInt8(bit >> 3) ^ (1 << (bit & 7)), bit >> 3)
    return copy
  }
})

describe('a signed body that is not an event', () => {
  const wrap = (object: unknown) => JSON.stringify({ ...EVENT, data: { object } })
  const without = (name: string) => JSON.stringify({ ...EVENT, [name]: undefined })

  test.each([
    ['empty', ''],
    ['not JSON', 'hello'],
    ['half of it', BODY.slice(0, -1)],
    ['two of them', BODY + BODY],
    ['null', 'null'],
    ['a number', '1'],
    ['an array', `[${BODY}]`],
    ['an empty object', '{}'],
    ['behind a byte order mark', `\ufeff${BODY}`],
    ['with a NUL', `${BODY}\0`],
    ['a thin event', JSON.stringify({ ...EVENT, object: 'v2.core.event' })],
    ['a name twice', BODY.replace('{"id"', '{"type":"invoice.paid","id"')],
    ['a name twice, escaped', BODY.replace('{"id"', '{"\\u0074ype":"invoice.paid","id"')],
    [
      'a name twice, deep down',
      wrap({ id: 'sub_1' }).replace('"sub_1"', '"sub_1","x":{"a":1,"a":2}'),
    ],
    ['__proto__ in the envelope', BODY.replace('{"id"', '{"__proto__":{"livemode":true},"id"')],
    ['__proto__ in the object', BODY.replace('{"id":"sub_1"', '{"__proto__":{},"id":"sub_1"')],
    ['no id', without('id')],
    ['the id of something else', JSON.stringify({ ...EVENT, id: 'cus_1' })],
    ['an id with a NUL', JSON.stringify({ ...EVENT, id: 'evt_1\0' })],
    ['no type', without('type')],
    ['a type with a NUL', JSON.stringify({ ...EVENT, type: 'a\0b' })],
    ['livemode in words', JSON.stringify({ ...EVENT, livemode: 'false' })],
    ['no livemode', without('livemode')],
    ['created as a date', JSON.stringify({ ...EVENT, created: '2026-11-23' })],
    ['created beyond all dates', BODY.replace(String(EVENT.created), '1e300')],
    ['no data', without('data')],
    ['data without an object', JSON.stringify({ ...EVENT, data: {} })],
    ['null as its object', wrap(null)],
    ['an array as its object', wrap([])],
    ['nested without end', wrap({}).replace('{}', `${'['.repeat(5000)}${']'.repeat(5000)}`)],
  ])('%s', (_, body) => {
    expect(() => verify(body)).toThrow(InvalidPayload)
  })

  test('bytes that are not UTF-8', () => {
    const body = Buffer.concat([bytes(BODY.slice(0, -1)), Buffer.from([0xc3, 0x28]), bytes('}')])
    expect(() => verify(body, signed(body))).toThrow(InvalidPayload)
  })

  test('is distinguished from a forged one only by the signature', () => {
    expect(() => verify('{}', signed(BODY))).toThrow(InvalidSignature)
  })
})

test('a body of a mebibyte in one string is read', () => {
  const body = JSON.stringify({
    ...EVENT,
    data: { object: { id: 'in_1', note: '\n'.repeat(500_000) } },
  })
  expect(verify(body).objectId).toBe('in_1')
})
