import { describe, expect, it } from 'vitest'
import type { PendingEvent } from '@/db/queries/claim'
import { CUSTOMER } from '@/lib/sync/rows.fixture'
import { factsOf } from './facts'
import { retryOf } from './failures'

const event = (over: Partial<PendingEvent>): PendingEvent => ({
  id: 'evt_1',
  type: 'invoice.paid',
  objectId: 'in_1',
  attempt: null,
  tries: 0,
  ...over,
})
const keys = (...events: Partial<PendingEvent>[]) =>
  factsOf(events.map(event), CUSTOMER).facts.map(({ key }) => key)

describe('a fact', () => {
  it('says what happened to what, for whom, and which event reported it', () => {
    expect(factsOf([event({})], CUSTOMER).facts).toEqual([
      {
        key: 'invoice.paid:in_1',
        kind: 'invoice.paid',
        objectId: 'in_1',
        customerId: CUSTOMER,
        eventId: 'evt_1',
      },
    ])
  })

  it('has one name, however many events report it', () => {
    const [first, second] = keys({ id: 'evt_1' }, { id: 'evt_2' })
    expect(second).toBe(first)
  })

  it('of a paid invoice is one, whichever attempt got the money', () => {
    expect(keys({ attempt: 1 }, { attempt: 3 })).toEqual(['invoice.paid:in_1', 'invoice.paid:in_1'])
  })

  it.each(['invoice.payment_failed', 'invoice.payment_action_required'])(
    'of %s is another at each attempt',
    (type) => {
      const reported = keys({ type, attempt: 1 }, { type, attempt: 2 }, { type, attempt: null })
      expect(reported).toEqual([`${type}:in_1:1`, `${type}:in_1:2`, `${type}:in_1:0`])
    },
  )

  it('of a trial that ends is another for each day on which it was to end', () => {
    const type = 'customer.subscription.trial_will_end'
    const reported = keys(
      { type, objectId: 'sub_1', attempt: 20_261_207 },
      { type, objectId: 'sub_1', attempt: 20_261_221 },
    )
    expect(reported).toEqual([`${type}:sub_1:20261207`, `${type}:sub_1:20261221`])
  })

  it.each([
    [
      'a change of a subscription: that is state, not a fact',
      { type: 'customer.subscription.updated' },
    ],
    ['a type that Stripe added later', { type: 'invoice.sublimated' }],
    ['a type that is the name of something in every object', { type: 'constructor' }],
  ])('is not made of %s', (_, over) => {
    expect(factsOf([event(over)], CUSTOMER)).toEqual({ facts: [], failures: [] })
  })

  it('may belong to no customer: the charge of an unknown customer can be disputed, too', () => {
    const disputed = event({ type: 'charge.dispute.created', objectId: 'dp_1' })
    expect(factsOf([disputed], null).facts).toMatchObject([{ customerId: null }])
  })
})

describe('an event whose fact cannot be recorded', () => {
  const mute = { objectId: null }

  it('is a failure with a reason, and holds up no other', () => {
    const { facts, failures } = factsOf([event(mute), event({ id: 'evt_2' })], CUSTOMER)
    expect(facts).toMatchObject([{ eventId: 'evt_2' }])
    expect(failures).toEqual([
      { eventId: 'evt_1', error: 'invoice.paid names no object.', dead: false },
    ])
    expect(retryOf(failures)).toBe('invoice.paid names no object.')
  })

  it('is dead with its eighth failure, and is not tried again by itself', () => {
    const seventh = factsOf([event({ ...mute, tries: 6 })], CUSTOMER).failures
    const eighth = factsOf([event({ ...mute, tries: 7 })], CUSTOMER).failures
    expect([seventh[0]?.dead, eighth[0]?.dead]).toEqual([false, true])
    expect(retryOf(eighth)).toBeNull()
  })
})
