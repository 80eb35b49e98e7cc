import { describe, expect, it } from 'vitest'
import type { SubscriptionRow } from '@/db/queries/claim'
import { GREAT, SMALL } from '@/lib/catalog/tiers.fixture'
import { announcedNotifications, changeNotifications } from './change-notifications'
import { CUSTOMER, day, row } from './rows.fixture'

const keysOf = (before: SubscriptionRow | undefined, after: Partial<SubscriptionRow>) =>
  changeNotifications([{ row: { ...row(), ...after }, before }], {
    customerId: CUSTOMER,
    fence: 7,
  }).map(({ key }) => key)

const seconds = (date: Date) => date.getTime() / 1000
const canceled = { cancelAt: day(20), cancelAtPeriodEnd: true, canceledAt: day(-1) }

describe('an email is caused by', () => {
  it('a cancellation, named by the instant at which it was asked for', () => {
    const key = `notification:subscription.schedule_cancel:sub_1:${seconds(day(-1))}`
    expect(keysOf(row(), canceled)).toEqual([key])
    expect(keysOf(row(), { ...canceled, canceledAt: day(0) })).not.toEqual([key])
  })

  it.each([
    ['tier', { tier: GREAT }, `${GREAT}:month:1`],
    ['billing interval', { interval: 'year' }, `${SMALL}:year:1`],
    ['quantity', { quantity: 3 }, `${SMALL}:month:3`],
  ] as const)('another %s, named by the read that showed it', (_, after, plan) => {
    expect(keysOf(row(), after)).toEqual([`notification:subscription.change_plan:sub_1:7:${plan}`])
  })

  it('a change that was billed, once it is paid', () => {
    const unpaid = row({ tier: GREAT, changeUnpaid: true, coveredTier: SMALL })
    expect(keysOf(row(), unpaid)).toEqual([])
    expect(keysOf(unpaid, { ...unpaid, changeUnpaid: false, coveredTier: null })).toHaveLength(1)
  })
})

describe('no email is caused by', () => {
  it.each([
    ['a renewal', row(), { currentPeriodEnd: day(50) }],
    ['another price of the same plan', row(), { priceId: 'price_new', unitAmount: 2100 }],
    ['a subscription that is seen for the first time', undefined, { ...canceled, tier: GREAT }],
    ['a cancellation that is known', row(canceled), { ...canceled, cancelAt: day(21) }],
    ['a cancellation that is taken back', row(canceled), {}],
    ['an end', row(), { ...canceled, endedAt: day(0), status: 'canceled' }],
    ['a price that the catalog does not know', row(), { tier: null }],
    ['a price that it knows now', row({ tier: null }), {}],
  ] as const)('%s', (_, before, after) => {
    expect(keysOf(before, after)).toEqual([])
  })
})

describe('what an event announces', () => {
  const announced = (type: string, objectId: string | null, attempt: number | null = null) =>
    announcedNotifications([{ id: 'evt_1', type, objectId, attempt, tries: 0 }], CUSTOMER).map(
      ({ key }) => key,
    )

  it('of a schedule is named by its day, so that its making and its updates are one email', () => {
    const key = 'notification:subscription.coming_plan:sub_sched_1:20261207'
    for (const type of ['subscription_schedule.created', 'subscription_schedule.updated'])
      expect(announced(type, 'sub_sched_1', 20261207)).toEqual([key])
  })

  it('of a schedule that plans nothing, or is called off, is nothing', () => {
    expect(announced('subscription_schedule.created', 'sub_sched_1')).toEqual([])
    expect(announced('subscription_schedule.released', 'sub_sched_1', 20261207)).toEqual([])
  })

  it('of a purchase is named by its session', () => {
    expect(announced('checkout.session.completed', 'cs_1')).toEqual([
      'notification:checkout.pending:cs_1',
    ])
    expect(announced('checkout.session.completed', null)).toEqual([])
  })
})
