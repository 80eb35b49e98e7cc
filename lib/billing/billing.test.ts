import { describe, expect, it } from 'vitest'
import type { BillingRows } from '@/db/queries/billing'
import { FREE, PLANS } from '@/lib/catalog/plans'
import { GREAT, SMALL } from '@/lib/catalog/tiers.fixture'
import { CUSTOMER, day, entitlement, NOW, row } from '@/lib/sync/rows.fixture'
import { billingOf, needsRefresh } from './billing'

const NEVER_BOUGHT: BillingRows = {
  entitlement: null,
  overrides: [],
  subscriptions: [],
  customerId: null,
  lastSyncedAt: null,
  dirty: false,
  credits: 0,
  isDisputed: false,
  counters: [
    { periodStart: new Date('2026-11-01T00:00:00Z'), used: 3 },
    { periodStart: day(-10), used: 42 },
  ],
}
const subscriber = (over: Partial<BillingRows> = {}): BillingRows => ({
  ...NEVER_BOUGHT,
  entitlement: entitlement(),
  subscriptions: [row()],
  customerId: CUSTOMER,
  lastSyncedAt: day(-1),
  ...over,
})
const show = (rows: BillingRows) => billingOf(rows, NOW, false)

describe('a billing page', () => {
  it('of a user who never bought is Free and says no more', () => {
    expect(show(NEVER_BOUGHT)).toEqual({
      open: null,
      next: { kind: 'unknown' },
      trialEnding: null,
      resumption: null,
      tier: 'free',
      earnedTier: 'free',
      subscriptionId: null,
      plan: null,
      status: 'none',
      access: 'none',
      interval: null,
      recurrence: null,
      price: null,
      priceId: null,
      quantity: 1,
      currentPeriodEnd: null,
      cancelAt: null,
      isCanceling: false,
      cancelAtPeriodEnd: false,
      trialEnd: null,
      pastDueSince: null,
      graceUntil: null,
      endedAt: null,
      money: { payment: 'settled', owes: null, owedSince: null, paidThrough: null },
      waitsFor: null,
      collectionPaused: null,
      features: [],
      isDisputed: false,
      usage: {
        ...{ used: 3, limit: 10, resetsAt: new Date('2026-12-01T00:00:00Z') },
        ...{ overage: 'block', credits: 0 },
      },
      others: [],
      hasCustomer: false,
      isOfGoneCustomer: false,
      asOf: null,
      stale: false,
    })
  })

  it('of a subscriber says plan, price, renewal and what is included', () => {
    expect(show(subscriber())).toMatchObject({
      tier: SMALL,
      status: 'active',
      access: 'full',
      interval: 'month',
      price: { amount: 1900, currency: 'usd' },
      currentPeriodEnd: day(20),
      isCanceling: false,
      features: PLANS[SMALL].features,
      usage: { used: 42, limit: PLANS[SMALL].monthlyUses, resetsAt: day(20) },
      hasCustomer: true,
      isOfGoneCustomer: false,
      asOf: day(-1),
    })
  })

  it('of a plan whose customer is gone at Stripe says so, with another customer and without one', () => {
    const former = subscriber()
    for (const customerId of [null, 'cus_2'] as const)
      expect(show({ ...former, customerId }).isOfGoneCustomer).toBe(true)
  })

  it.each([
    ['the portal, which gives a day', row({ cancelAt: day(20) }), day(20), false],
    ['its period’s end', row({ cancelAtPeriodEnd: true }), day(20), true],
    [
      'another day than its period’s end',
      row({ cancelAt: day(5), cancelAtPeriodEnd: false }),
      day(5),
      false,
    ],
  ])(
    'of a customer who canceled through %s says when it ends',
    (_, subscription, cancelAt, flag) => {
      expect(show(subscriber({ subscriptions: [subscription] }))).toMatchObject({
        isCanceling: true,
        cancelAt,
        cancelAtPeriodEnd: flag,
        tier: SMALL,
      })
    },
  )

  it('of a customer whose payment failed says until when there is grace', () => {
    const owes = { owes: 'renewal', payment: 'open' } as const
    const due = row({ status: 'past_due', pastDueSince: day(-4), ...owes })
    const rows = subscriber({ subscriptions: [due], entitlement: entitlement({ access: 'grace' }) })
    expect(show(rows)).toMatchObject({
      access: 'grace',
      pastDueSince: day(-4),
      graceUntil: day(10),
    })
  })

  it('shows the price of all its seats, and none where Stripe has no single amount', () => {
    expect(show(subscriber({ subscriptions: [row({ quantity: 3 })] })).price?.amount).toBe(5700)
    expect(show(subscriber({ subscriptions: [row({ quantity: null })] })).price?.amount).toBe(1900)
    expect(show(subscriber({ subscriptions: [row({ unitAmount: null })] })).price).toBeNull()
  })

  it('speaks of the subscription that gives access, not of the one that ended last', () => {
    const old = row({
      id: 'sub_old',
      status: 'canceled',
      endedAt: day(-1),
      stripeCreatedAt: day(0),
    })
    for (const subscriptions of [
      [old, row()],
      [row(), old],
    ]) {
      expect(show(subscriber({ subscriptions }))).toMatchObject({ status: 'active', endedAt: null })
    }
  })

  it('speaks of the subscription on which access rests, even beside a newer one', () => {
    const newer = row({ id: 'sub_2', interval: 'year', stripeCreatedAt: day(0) })
    expect(show(subscriber({ subscriptions: [newer, row()] })).interval).toBe('month')
  })

  it('still shows the end of a subscription to a customer who has nothing else', () => {
    const old = row({ status: 'canceled', endedAt: day(-1) })
    expect(show(subscriber({ subscriptions: [old], entitlement: null }))).toMatchObject({
      tier: 'free',
      status: 'canceled',
      endedAt: day(-1),
    })
  })

  it('says that it is stale when Stripe could not be read', () => {
    expect(billingOf(subscriber(), NOW, true).stale).toBe(true)
  })

  it.each([
    [-1, 'free', 'none', FREE],
    [0, 'free', 'none', FREE],
    [1, SMALL, 'full', PLANS[SMALL]],
  ])('whose access runs out in %i ms shows %s', (milliseconds, tier, access, plan) => {
    const validUntil = new Date(NOW.getTime() + milliseconds)
    // No renewal was reported: the period and the days that bridge it are over as well.
    const unrenewed = row({ currentPeriodEnd: new Date(validUntil.getTime() - 14 * 86_400_000) })
    const billing = show(
      subscriber({ entitlement: entitlement({ validUntil }), subscriptions: [unrenewed] }),
    )
    expect(billing).toMatchObject({ tier, access, usage: { limit: plan.monthlyUses } })
    expect(billing.features).toEqual(plan.features)
  })

  it('whose override has ended shows what is still paid for', () => {
    const lifted = entitlement({ tier: GREAT, validUntil: NOW })
    expect(show(subscriber({ entitlement: lifted }))).toMatchObject({ tier: SMALL, access: 'full' })
  })

  it('never shows a tier that the catalog does not have', () => {
    expect(show(subscriber({ entitlement: entitlement({ tier: 'gold' }) })).tier).toBe('free')
  })
})

describe('Stripe is asked again', () => {
  const millisecond = new Date(NOW.getTime() + 1)

  it.each([
    [true, 'a signal came that no read has answered', subscriber({ dirty: true })],
    [true, 'access has run out', subscriber({ entitlement: entitlement({ validUntil: NOW }) })],
    [
      true,
      'the period is over and no renewal came',
      subscriber({ subscriptions: [row({ currentPeriodEnd: NOW })] }),
    ],
    [false, 'all is known', subscriber()],
    [
      false,
      'access has not quite run out',
      subscriber({ entitlement: entitlement({ validUntil: millisecond }) }),
    ],
    [
      false,
      'the period is not quite over',
      subscriber({ subscriptions: [row({ currentPeriodEnd: millisecond })] }),
    ],
    [
      false,
      'the subscription that is over has ended',
      subscriber({
        subscriptions: [row({ status: 'canceled', endedAt: day(-9), currentPeriodEnd: day(-9) })],
      }),
    ],
    [false, 'access has no end', subscriber({ entitlement: entitlement({ validUntil: null }) })],
    [false, 'there is no customer to read', NEVER_BOUGHT],
  ])('%s: %s', (asks, _, rows) => {
    expect(needsRefresh(rows, NOW)).toBe(asks)
  })
})

describe('a customer with two subscriptions', () => {
  const studio = row({ id: 'sub_2', tier: GREAT, stripeCreatedAt: day(-1) })
  const over = { entitlement: entitlement({ tier: GREAT, subscriptionId: 'sub_2' }) }

  it('is shown the one that speaks for them, and that there is another', () => {
    const billing = show(subscriber({ ...over, subscriptions: [row(), studio] }))
    expect(billing).toMatchObject({ plan: GREAT, subscriptionId: 'sub_2' })
    expect(billing.others).toEqual([
      { id: 'sub_1', plan: SMALL, currentPeriodEnd: day(20), isCanceling: false },
    ])
  })

  it('of which one has ended or never began has one', () => {
    for (const gone of [
      { status: 'canceled', endedAt: day(-1) },
      { status: 'incomplete' },
    ] as const)
      expect(show(subscriber({ ...over, subscriptions: [row(gone), studio] })).others).toEqual([])
  })
})
