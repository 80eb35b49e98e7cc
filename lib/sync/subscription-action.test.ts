import { describe, expect, it } from 'vitest'
import type { SubscriptionRow } from '@/db/queries/claim'
import { GREAT } from '@/lib/catalog/tiers.fixture'
import { day, row } from './rows.fixture'
import { isCanceling, subscriptionAction } from './subscription-action'

type Over = Partial<SubscriptionRow>

describe('what happened to a subscription', () => {
  it.each<[string, Over, Over]>([
    ['subscription.end', { status: 'active' }, { status: 'canceled', endedAt: day(0) }],
    ['subscription.expire', { status: 'incomplete' }, { status: 'incomplete_expired' }],
    ['subscription.fall_due', { status: 'active' }, { status: 'past_due' }],
    ['subscription.give_up_payment', { status: 'past_due' }, { status: 'unpaid' }],
    ['subscription.pause', { status: 'trialing' }, { status: 'paused' }],
    ['subscription.start_trial', { status: 'incomplete' }, { status: 'trialing' }],
    ['subscription.recover', { status: 'past_due' }, { status: 'active' }],
    ['subscription.recover', { status: 'unpaid' }, { status: 'active' }],
    ['subscription.convert', { status: 'trialing' }, { status: 'active' }],
    ['subscription.unpause', { status: 'paused' }, { status: 'active' }],
    ['subscription.start', { status: 'incomplete' }, { status: 'active' }],
    ['subscription.update', { status: 'active' }, { status: 'unknown' }],
    ['subscription.schedule_cancel', {}, { cancelAt: day(20) }],
    ['subscription.schedule_cancel', {}, { cancelAtPeriodEnd: true }],
    ['subscription.resume', { cancelAt: day(20) }, {}],
    ['subscription.resume', { cancelAtPeriodEnd: true }, {}],
    ['subscription.update', { cancelAt: day(20) }, { cancelAt: day(9) }],
    ['subscription.change_plan', {}, { priceId: 'price_studio', tier: GREAT }],
    ['subscription.renew', {}, { currentPeriodEnd: day(50) }],
    ['subscription.update', {}, { quantity: 2 }],
  ])('is called %s', (name, before, after) => {
    expect(subscriptionAction(row(before), row(after))).toBe(name)
  })

  it.each([
    ['active', 'subscription.start'],
    ['trialing', 'subscription.start'],
    ['incomplete', 'subscription.create'],
  ] as const)('when we first see it %s is called %s', (status, name) => {
    expect(subscriptionAction(undefined, row({ status }))).toBe(name)
  })

  it('is its end and not a plan change when both come at once', () => {
    const after = row({ status: 'canceled', priceId: 'price_studio', cancelAt: day(0) })
    expect(subscriptionAction(row(), after)).toBe('subscription.end')
  })
})

describe('a subscription is being canceled', () => {
  it.each<[boolean, string, Over]>([
    [true, 'the portal set only a day for its end', { cancelAt: day(20) }],
    [true, 'it ends with its period', { cancelAtPeriodEnd: true }],
    [true, 'both are said', { cancelAt: day(20), cancelAtPeriodEnd: true }],
    [false, 'neither is said', {}],
    [
      false,
      'it has ended already',
      { cancelAt: day(-1), cancelAtPeriodEnd: true, endedAt: day(-1) },
    ],
  ])('%s when %s', (canceling, _, over) => {
    expect(isCanceling(row(over))).toBe(canceling)
  })
})
