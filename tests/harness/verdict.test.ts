import type Stripe from 'stripe'
import { expect, test } from 'vitest'
import { PLANS } from '@/lib/catalog/plans'
import { GREAT, SMALL } from '@/lib/catalog/tiers.fixture'
import type { LocalState } from './read-database'
import type { StripeModel } from './read-stripe'
import { verdict } from './verdict'

const PERSON = { userId: 'user_1', customerId: 'cus_1', session: 'session' }

// Only what the verdict reads of Stripe's large objects, which is why these casts are safe.
const SUBSCRIPTION = {
  ...{ id: 'sub_1', customer: 'cus_1', status: 'active', cancel_at: null, ended_at: null },
  cancel_at_period_end: false,
  items: {
    data: [
      {
        price: { id: 'price_1', lookup_key: PLANS[SMALL].lookupKeys.month },
        current_period_end: 1_800_000_000,
      },
    ],
  },
} as unknown as Stripe.Subscription

function event(id: string, type: string, object: object): Stripe.Event {
  return { id, type, data: { object } } as unknown as Stripe.Event
}

const STRIPE_MODEL: StripeModel = {
  people: [PERSON],
  subscriptions: [SUBSCRIPTION],
  events: [
    event('evt_1', 'invoice.paid', { object: 'invoice', id: 'in_1' }),
    event('evt_2', 'invoice.payment_failed', { object: 'invoice', id: 'in_2', attempt_count: 1 }),
  ],
  acknowledged: new Set(['evt_1', 'evt_2']),
}

const LOCAL_STATE: LocalState = {
  events: [
    { id: 'evt_1', state: 'done' },
    { id: 'evt_2', state: 'done' },
  ],
  subscriptions: [
    {
      ...{ id: 'sub_1', customer: 'cus_1', status: 'active', tier: SMALL, price: 'price_1' },
      ...{ period_end: new Date(1_800_000_000_000), cancel_at: null, cancels: false },
      ended_at: null,
    },
  ],
  entitlements: [
    { workspace: 'user_1', tier: SMALL, status: 'active', access: 'full', subscription: 'sub_1' },
  ],
  facts: [{ key: 'invoice.paid:in_1' }, { key: 'invoice.payment_failed:in_2:1' }],
  audited: [
    { kind: 'invoice.paid', object: 'in_1', times: 1 },
    { kind: 'invoice.payment_failed', object: 'in_2', times: 1 },
  ],
  dirty: [],
  broken: [],
}

test('records that agree with Stripe leave nothing to say', () => {
  expect(verdict(STRIPE_MODEL, LOCAL_STATE)).toEqual([])
})

const SUB = { ...LOCAL_STATE.subscriptions[0] } as LocalState['subscriptions'][number]
const ACCESS = { ...LOCAL_STATE.entitlements[0] } as LocalState['entitlements'][number]

// Each is a lie that a broken event path could leave in the records.
const PLANTED: [what: string, records: Partial<LocalState>, says: string][] = [
  [
    'an event that was answered and is gone',
    { events: LOCAL_STATE.events.slice(1) },
    'evt_1 was answered 2xx, and is lost.',
  ],
  [
    'an event that is stored twice',
    { events: [...LOCAL_STATE.events, ...LOCAL_STATE.events.slice(1)] },
    'evt_2 is stored 2 times.',
  ],
  [
    'an event that was not drained',
    { events: [{ id: 'evt_1', state: 'pending' }, ...LOCAL_STATE.events.slice(1)] },
    'evt_1 is pending, not done.',
  ],
  ['a lost fact', { facts: LOCAL_STATE.facts.slice(1) }, 'The fact invoice.paid:in_1 is lost.'],
  [
    'a fact that is kept twice',
    { facts: [...LOCAL_STATE.facts, ...LOCAL_STATE.facts.slice(1)] },
    'The fact invoice.payment_failed:in_2:1 is kept 2 times.',
  ],
  [
    'a fact that never happened',
    { facts: [...LOCAL_STATE.facts, { key: 'invoice.paid:in_9' }] },
    'The fact invoice.paid:in_9 never happened.',
  ],
  [
    'a fact whose audit row was written twice',
    {
      audited: [
        { kind: 'invoice.paid', object: 'in_1', times: 2 },
        ...LOCAL_STATE.audited.slice(1),
      ],
    },
    'invoice.paid:in_1 is audited 2 times, and happened 1 times.',
  ],
  [
    'a subscription as it once was',
    { subscriptions: [{ ...SUB, status: 'incomplete' }] },
    'sub_1: status is "incomplete", and at Stripe "active".',
  ],
  ['a subscription that is missing', { subscriptions: [] }, 'sub_1 is not in the records.'],
  [
    'access that was never paid for',
    { entitlements: [{ ...ACCESS, tier: GREAT }] },
    `user_1: tier is "${GREAT}", and at Stripe "${SMALL}".`,
  ],
  ['a payer without access', { entitlements: [] }, 'user_1 of cus_1 has no entitlement.'],
  [
    'a customer who waits for a read',
    { dirty: [{ key: 'cus_1', reason: null }] },
    'cus_1 still waits for a read (null).',
  ],
  [
    'an audit row that was changed',
    { broken: [{ scope: 'cus_1', n: 2 }] },
    'The audit chain of cus_1 is broken at 2.',
  ],
]

test.each(PLANTED)('%s is reported', (_what, records, says) => {
  expect(verdict(STRIPE_MODEL, { ...LOCAL_STATE, ...records })).toEqual([says])
})

test('an event that was never taken is distinguished from one that was lost', () => {
  const unheard = { ...STRIPE_MODEL, acknowledged: new Set(['evt_2']) }
  expect(verdict(unheard, { ...LOCAL_STATE, events: LOCAL_STATE.events.slice(1) })).toEqual([
    'evt_1 was never taken.',
  ])
})
