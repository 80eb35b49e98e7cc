import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { PLANS } from '@/lib/catalog/plans'
import { GREAT, SMALL } from '@/lib/catalog/tiers.fixture'
import { STATUSES } from '@/lib/status'
import { day, entitlement, NOW, override, row } from '@/lib/sync/rows.fixture'
import { deriveEntitlement, type Inputs } from './derive'
import { tierRank } from './governing'

function derive(inputs: Partial<Inputs>) {
  return deriveEntitlement({
    subscriptions: [],
    overrides: [],
    previous: null,
    now: NOW,
    ...inputs,
  })
}

const old = row({ id: 'sub_old', status: 'canceled', endedAt: day(-1), stripeCreatedAt: day(-90) })

describe('what a customer may use', () => {
  it('is free for a user who never subscribed', () => {
    expect(derive({})).toEqual({
      entitlement: {
        tier: 'free',
        earnedTier: 'free',
        status: 'none',
        access: 'none',
        features: [],
        limits: { monthlyUses: 10 },
        subscriptionId: null,
        validUntil: null,
        reason: 'Never subscribed.',
      },
      unknownPrice: null,
    })
  })

  it('is what the subscription pays for', () => {
    expect(derive({ subscriptions: [row({ tier: GREAT })] }).entitlement).toEqual({
      tier: GREAT,
      earnedTier: GREAT,
      status: 'active',
      access: 'full',
      features: PLANS[GREAT].features,
      limits: { monthlyUses: PLANS[GREAT].monthlyUses },
      subscriptionId: 'sub_1',
      validUntil: day(34),
      reason: 'sub_1 is active on price_pro.',
    })
  })

  it.each([
    ['active', SMALL],
    ['trialing', SMALL],
    ['past_due', SMALL],
    ['unpaid', 'free'],
    ['incomplete', 'free'],
    ['incomplete_expired', 'free'],
    ['paused', 'free'],
    ['canceled', 'free'],
    ['unknown', 'free'],
  ] as const)(
    `while ${PLANS[SMALL].name} is %s is %s, and the status is shown as it is`,
    (status, tier) => {
      const subscriptions = [row({ status, pastDueSince: day(-1) })]
      expect(derive({ subscriptions }).entitlement).toMatchObject({
        tier,
        status,
        features: PLANS[tier].features,
        limits: { monthlyUses: PLANS[tier].monthlyUses },
      })
    },
  )

  it('is not touched by the end of an old subscription', () => {
    const before = derive({ subscriptions: [row()] })
    for (const subscriptions of [
      [row(), old],
      [old, row()],
    ]) {
      expect(derive({ subscriptions, previous: entitlement() })).toEqual(before)
    }
  })

  it.each([
    ['the period and the days of a late renewal', row(), day(34)],
    ['the day for which it was canceled', row({ cancelAt: day(20) }), day(20)],
    [
      'grace',
      row({ status: 'past_due', pastDueSince: day(-4), owes: 'renewal', payment: 'open' }),
      day(10),
    ],
    ['nothing that has an end', row({ currentPeriodEnd: null }), null],
    ['no access at all', old, null],
  ])('is believed until the end of %s', (_, subscription, validUntil) => {
    expect(derive({ subscriptions: [subscription] }).entitlement.validUntil).toEqual(validUntil)
  })
})

describe('an override', () => {
  it('lifts a customer above what they pay for, until its day', () => {
    expect(derive({ subscriptions: [row()], overrides: [override()] }).entitlement).toMatchObject({
      tier: GREAT,
      access: 'full',
      features: PLANS[GREAT].features,
      limits: { monthlyUses: PLANS[GREAT].monthlyUses },
      validUntil: day(30),
      reason: 'Override until 2026-12-23T12:00:00.000Z: Conference speaker',
    })
  })

  it('lifts a user who never subscribed', () => {
    expect(derive({ overrides: [override()] }).entitlement).toMatchObject({
      tier: GREAT,
      status: 'none',
    })
  })

  it.each([
    ['has ended a millisecond ago', override({ expiresAt: new Date(NOW.getTime() - 1) })],
    ['ends now', override({ expiresAt: NOW })],
    ['was revoked', override({ revokedAt: day(-1) })],
    ['is of no tier that we know', override({ tier: 'gold' })],
    ['is of the same plan', override({ tier: SMALL })],
    ['is of a lesser plan', override({ tier: 'free' })],
  ])('that %s changes nothing', (_, each) => {
    const without = derive({ subscriptions: [row()] })
    expect(derive({ subscriptions: [row()], overrides: [each] })).toEqual(without)
  })

  it('stands until its last millisecond', () => {
    const ending = override({ expiresAt: new Date(NOW.getTime() + 1) })
    expect(derive({ overrides: [ending] }).entitlement.tier).toBe(GREAT)
  })

  it('of several is the best one, and of two alike the one that lasts longer', () => {
    const lesser = override({ tier: SMALL, expiresAt: day(300) })
    const longer = override({ expiresAt: day(60) })
    for (const overrides of [
      [lesser, override(), longer],
      [longer, override(), lesser],
    ]) {
      expect(derive({ overrides }).entitlement).toMatchObject({
        tier: GREAT,
        validUntil: day(60),
      })
    }
  })

  it('never takes away what was earned', () => {
    const tiers = fc.constantFrom(SMALL, GREAT)
    const given = fc.array(fc.constantFrom('free', SMALL, GREAT, 'gold'), { maxLength: 4 })
    const status = fc.constantFrom(...STATUSES, 'unknown' as const)
    fc.assert(
      fc.property(tiers, status, given, (tier, of, list) => {
        const subscriptions = [row({ tier, status: of, pastDueSince: day(-1) })]
        const overrides = list.map((each) => override({ tier: each }))
        const earned = derive({ subscriptions }).entitlement
        const { entitlement: lifted } = derive({ subscriptions, overrides })
        expect(tierRank(lifted.tier)).toBe(Math.max(tierRank(earned.tier), ...list.map(tierRank)))
      }),
    )
  })
})
