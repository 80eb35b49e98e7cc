import { beforeEach, describe, expect, it } from 'vitest'
import type { Subscriber } from '@/db/queries/subscribers'
import { GREAT, SMALL } from '@/lib/catalog/tiers.fixture'
import { NotFound, Unavailable } from '@/lib/errors'
import type { ChargeSnapshot } from '@/lib/stripe/charges'
import { changeOf } from './change-of'
import { NO_CHANGE } from './no-change'
import type { StripeReader, SyncPorts } from './ports'
import { portsWith } from './ports.fixture'
import { claim } from './rows.fixture'

const actor = { type: 'system', job: 'test' } as const
const empty = { customer: null, subscriptions: [], entitlement: null }
const change = (ports: SyncPorts, key: string, events: ReturnType<typeof pending>[] = []) =>
  changeOf(ports, claim({ ...empty, key, events }), actor, false)
const pending = (type: string, objectId: string, tries = 0) => ({
  id: 'evt_1' as const,
  type,
  objectId,
  attempt: null,
  tries,
})

describe('a charge that is disputed or refunded', () => {
  const disputed = pending('charge.dispute.created', 'dp_1')
  const withCharge = (retrieveCharge: StripeReader['retrieveCharge']) =>
    portsWith({ stripe: { retrieveCharge } })
  const charge = (over: Partial<ChargeSnapshot> = {}) =>
    withCharge(async (id) => ({
      id,
      customerId: 'cus_ada',
      metadata: { app: null, env: null },
      ...over,
    }))

  it('is a fact of its customer, which is read next, and is reported to an operator', async () => {
    expect(await change(charge(), 'ch_1', [disputed])).toMatchObject({
      facts: [{ key: 'charge.dispute.created:dp_1', customerId: 'cus_ada' }],
      outbox: [{ key: 'notification:charge.dispute.created:dp_1', kind: 'notification' }],
      marks: ['cus_ada'],
      failures: [],
      retry: null,
    })
  })

  it('names how much each of its facts is about, and how a dispute ended', async () => {
    const half = { amount: 950, currency: 'usd' }
    const ports = portsWith({
      stripe: {
        retrieveCharge: async (id) => ({
          ...{ id, customerId: 'cus_ada', metadata: { app: null, env: null } },
        }),
        retrieveReversal: async (id) => {
          if (id === 're_gone') return null
          return id === 'dp_1' ? { ...half, outcome: 'lost' } : half
        },
      },
    })
    const events = [
      ...[pending('refund.created', 're_1'), disputed, pending('charge.dispute.closed', 'dp_1')],
      pending('refund.created', 're_gone'),
    ]
    const { facts } = await change(ports, 'ch_1', events)
    expect(facts.map(({ kind, details }) => [kind, details])).toEqual([
      ['refund.created', half],
      ['charge.dispute.created', half],
      ['charge.dispute.closed', { ...half, outcome: 'lost' }],
      ['refund.created', undefined],
    ])
  })

  it('that is not about money going back is read without more', async () => {
    const warned = pending('radar.early_fraud_warning.created', 'issfr_1')
    const ports = portsWith({
      stripe: {
        retrieveCharge: async (id) => ({
          ...{ id, customerId: 'cus_ada', metadata: { app: null, env: null } },
        }),
        retrieveReversal: () => expect.unreachable('Stripe was asked.'),
      },
    })
    expect((await change(ports, 'ch_1', [warned])).facts).toHaveLength(1)
  })

  it('of no customer is recorded, too, and marks none', async () => {
    const made = await change(charge({ customerId: null }), 'ch_1', [disputed])
    expect(made).toMatchObject({ facts: [{ customerId: null }], marks: [] })
  })

  it('of another application is none of our business', async () => {
    const foreign = charge({ metadata: { app: 'another-shop', env: null } })
    expect(await change(foreign, 'ch_1', [disputed])).toEqual(NO_CHANGE)
  })

  it('that Stripe does not have is tried again, and its events are given up in the end', async () => {
    const gone = withCharge(() => Promise.reject(new NotFound('not_at_stripe')))
    expect(await change(gone, 'ch_1', [disputed])).toEqual({
      ...NO_CHANGE,
      failures: [{ eventId: 'evt_1', error: 'Stripe does not have ch_1.', dead: false }],
      retry: 'Stripe does not have ch_1.',
    })
    const last = await change(gone, 'ch_1', [pending('charge.dispute.created', 'dp_1', 7)])
    expect(last).toMatchObject({ failures: [{ dead: true }], retry: null })
  })

  it('that cannot be read just now is no failure of its events', async () => {
    const silent = withCharge(() => Promise.reject(new Unavailable('stripe_away')))
    await expect(change(silent, 'ch_1', [disputed])).rejects.toThrow(Unavailable)
  })
})

describe('a price or a product that says another tier', () => {
  let subscribers: Subscriber[]
  let asked: string[]
  const priced = (...tiers: (string | null)[]) =>
    portsWith({
      ledger: {
        listSubscribers: async (ids) => {
          asked = ids
          return subscribers
        },
      },
      stripe: {
        listPricesOf: async () =>
          tiers.map((tier, n) => ({
            id: `price_${n}`,
            lookupKey: null,
            metadataTier: tier,
            productMetadataTier: null,
          })),
      },
    })

  beforeEach(() => {
    subscribers = []
    asked = []
  })

  it('marks every customer whose records say something else, once each', async () => {
    subscribers = [
      { customerId: 'cus_same', priceId: 'price_0', tier: GREAT },
      { customerId: 'cus_other', priceId: 'price_0', tier: SMALL },
      { customerId: 'cus_other', priceId: 'price_0', tier: SMALL },
      { customerId: 'cus_waiting', priceId: 'price_1', tier: null },
    ]
    const { marks } = await change(priced(GREAT, SMALL), 'prod_1')
    expect(marks).toEqual(['cus_other', 'cus_waiting'])
    expect(asked).toEqual(['price_0', 'price_1'])
  })

  it('has those looked at who are being read just now, and may have seen the old word', async () => {
    subscribers = [{ customerId: 'cus_reading', priceId: null, tier: null }]
    expect((await change(priced(GREAT), 'price_0')).marks).toEqual(['cus_reading'])
  })

  it('leaves alone a customer who waits for a tier that is still unknown', async () => {
    subscribers = [{ customerId: 'cus_waiting', priceId: 'price_0', tier: null }]
    expect(await change(priced(null), 'price_0')).toEqual(NO_CHANGE)
  })

  it('that Stripe has no longer marks no customer', async () => {
    expect(await change(priced(), 'price_0')).toEqual(NO_CHANGE)
    expect(asked).toEqual([])
  })
})
