import { describe, expect, test } from 'vitest'
import { BRAND } from '@/lib/brand'
import { readEnvelope } from './envelope'

const event = (object: unknown, more: object = {}) =>
  readEnvelope(
    JSON.stringify({
      id: 'evt_1',
      object: 'event',
      created: 1,
      livemode: true,
      type: 'x.y',
      data: { object },
      ...more,
    }),
  )

describe('what an event leads us to read', () => {
  test('the customer is the object’s, by id or expanded', () => {
    expect(event({ customer: 'cus_1' }).customerId).toBe('cus_1')
    expect(event({ customer: { id: 'cus_2', object: 'customer' } }).customerId).toBe('cus_2')
  })

  test('of a customer’s own event it is the object itself', () => {
    expect(event({ id: 'cus_3', object: 'customer' }).customerId).toBe('cus_3')
  })

  test.each([null, '', 'user_1', 7, [], { id: 'acct_1' }, 'cus_\0'])(
    '%j is no customer',
    (customer) => {
      expect(event({ customer }).customerId).toBeNull()
    },
  )

  test('a payment method that was detached still shows whose it was', () => {
    const detached = { object: 'payment_method', id: 'pm_1', customer: null }
    const read = event(detached, {
      data: { object: detached, previous_attributes: { customer: 'cus_1' } },
    })
    expect(read.customerId).toBe('cus_1')
  })

  test.each([null, 'cus_1', [], { customer: 7 }])(
    '%j as what changed says nothing of a customer',
    (previous_attributes) => {
      const read = event({}, { data: { object: {}, previous_attributes } })
      expect(read.customerId).toBeNull()
    },
  )

  test('a dispute, a refund and a warning name their charge, by id or expanded', () => {
    expect(event({ object: 'dispute', id: 'dp_1', charge: 'ch_1' }).chargeId).toBe('ch_1')
    expect(event({ object: 'refund', charge: { id: 'py_1' } }).chargeId).toBe('py_1')
    expect(event({ object: 'charge', id: 'ch_2' }).chargeId).toBe('ch_2')
    expect(event({ object: 'refund', charge: null }).chargeId).toBeNull()
    expect(event({ object: 'invoice', charge: 'ch_1' }).chargeId).toBeNull()
    expect(event({ object: 'refund', charge: 'in_1' }).chargeId).toBeNull()
  })

  test('an object without an id, such as an upcoming invoice, has none', () => {
    expect(event({ object: 'invoice' })).toMatchObject({ objectType: 'invoice', objectId: null })
  })

  test('an invoice says which attempt failed; other objects say none', () => {
    expect(event({ object: 'invoice', attempt_count: 2 }).attempt).toBe(2)
    expect(event({ object: 'charge', attempt_count: 2 }).attempt).toBeNull()
    expect(event({ object: 'invoice', attempt_count: -1 }).attempt).toBeNull()
  })

  test('a schedule says on which day its last phase begins, and one that plans nothing says none', () => {
    const schedule = (...starts: unknown[]) =>
      event({
        object: 'subscription_schedule',
        phases: starts.map((start_date) => ({ start_date })),
      }).attempt
    const december = Date.UTC(2026, 11, 7) / 1000
    expect(schedule(december - 86_400, december)).toBe(20261207)
    expect(schedule(december)).toBeNull()
    expect(schedule(1, 'soon')).toBeNull()
    expect(event({ object: 'subscription_schedule', phases: 'none' }).attempt).toBeNull()
  })
})

describe('a trial’s reminder', () => {
  const reminder = (trial_end: unknown, type = 'customer.subscription.trial_will_end') =>
    event({ object: 'subscription', trial_end }, { type }).attempt

  test('says which end it announces', () => {
    expect(reminder(Date.UTC(2026, 11, 7, 23, 59) / 1000)).toBe(20_261_207)
    expect(reminder(Date.UTC(2039, 0, 1) / 1000)).toBe(20_390_101)
  })

  test('without a valid end says none, and nor does any other event', () => {
    for (const end of [null, undefined, '1', -1, 1e300, 1.5]) expect(reminder(end)).toBeNull()
    expect(reminder(1, 'customer.subscription.updated')).toBeNull()
  })
})

describe('the application that an event belongs to', () => {
  test('its own metadata says', () => {
    const read = event({ metadata: { app: BRAND.stripe.app, env: 'preview' } })
    expect(read).toMatchObject({ metadataApp: BRAND.stripe.app, metadataEnv: 'preview' })
  })

  test('an invoice says it through its subscription', () => {
    const read = event({
      object: 'invoice',
      metadata: {},
      parent: { subscription_details: { metadata: { app: 'other', env: 'production' } } },
    })
    expect(read).toMatchObject({ metadataApp: 'other', metadataEnv: 'production' })
  })

  test('an application name that cannot be stored counts as foreign, not as missing', () => {
    expect(event({ metadata: { app: 'x\0' } }).metadataApp).toBe('unreadable')
    expect(event({ metadata: { app: '\ud800' } }).metadataApp).toBe('unreadable')
  })

  test('a metadata name of JavaScript’s own does no harm', () => {
    const json =
      '{"id":"evt_1","object":"event","created":1,"livemode":true,"type":"x.y","data":{"object":{"metadata":{"__proto__":{"app":"evil"}}}}}'
    expect(readEnvelope(json).metadataApp).toBeNull()
    expect(Object.keys(Object.prototype)).toEqual([])
  })

  test('a connected account is named', () => {
    expect(event({}, { account: 'acct_1' }).account).toBe('acct_1')
  })
})

test('what Stripe adds later is not refused', () => {
  expect(event({ new_field: [1] }, { context: 'x', new_field: true }).id).toBe('evt_1')
})

test('what we do not read may have the shape of any API version', () => {
  // Until 2017 the request was a bare id.
  expect(event({}, { request: 'req_1', api_version: '2016-07-06' }).apiVersion).toBe('2016-07-06')
  expect(event({}, { request: { id: 7 }, pending_webhooks: null }).id).toBe('evt_1')
})

test('nothing that is kept holds what Postgres cannot', () => {
  const { payload, ...kept } = event(
    { id: 'a\0', object: '\ud800', customer: '\0' },
    { api_version: null },
  )
  expect(JSON.stringify(kept)).not.toMatch(/\\u0000|\\ud8/)
  // The signed body keeps them escaped, as six harmless characters.
  expect(payload).toContain('\\u0000')
})
