import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { PLANS, TIERS } from '@/lib/catalog/plans'
import { STATUSES } from '@/lib/status'
import { day, entitlement, NOW, override, row } from '@/lib/sync/testing'
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

const mystery = row({ id: 'sub_mystery', tier: null, priceId: 'price_mystery' })
const old = row({ id: 'sub_old', status: 'canceled', endedAt: day(-1), stripeCreatedAt: day(-90) })

describe('what a customer may use', () => {
  it('is free, for somebody who never subscribed', () => {
    expect(derive({})).toEqual({
      entitlement: {
        tier: 'free',
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
    expect(derive({ subscriptions: [row({ tier: 'studio' })] }).entitlement).toEqual({
      tier: 'studio',
      status: 'active',
      access: 'full',
      features: ['priority_support', 'advanced_analytics', 'api_access', 'white_label'],
      limits: { monthlyUses: 500 },
      subscriptionId: 'sub_1',
      validUntil: day(34),
      reason: 'sub_1 is active on price_pro.',
    })
  })

  it.each([
    ['active', 'pro'],
    ['trialing', 'pro'],
    ['past_due', 'pro'],
    ['unpaid', 'free'],
    ['incomplete', 'free'],
    ['incomplete_expired', 'free'],
    ['paused', 'free'],
    ['canceled', 'free'],
    ['unknown', 'free'],
  ] as const)('while Pro is %s is %s, and the status is told as it is', (status, tier) => {
    const subscriptions = [row({ status, pastDueSince: day(-1) })]
    expect(derive({ subscriptions }).entitlement).toMatchObject({
      tier,
      status,
      features: PLANS[tier].features,
      limits: { monthlyUses: PLANS[tier].monthlyUses },
    })
  })

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
    ['the day for which it was cancelled', row({ cancelAt: day(20) }), day(20)],
    ['the end of grace', row({ status: 'past_due', pastDueSince: day(-4) }), day(10)],
    ['nothing that has an end', row({ currentPeriodEnd: null }), null],
    ['no access at all', old, null],
  ])('is believed until the end of %s', (_, subscription, validUntil) => {
    expect(derive({ subscriptions: [subscription] }).entitlement.validUntil).toEqual(validUntil)
  })
})

describe('a price that the catalogue does not know', () => {
  it('keeps what stands, says why and is named for the alert', () => {
    const previous = entitlement({
      tier: 'studio',
      features: ['api_access'],
      limits: { monthlyUses: 777 },
    })
    const { entitlement: kept, unknownPrice } = derive({ subscriptions: [mystery], previous })
    expect(unknownPrice).toBe('price_mystery')
    expect(kept).toMatchObject({
      tier: 'studio',
      access: 'full',
      features: ['api_access'],
      limits: { monthlyUses: 777 },
      subscriptionId: 'sub_mystery',
      reason: 'Kept: sub_mystery is active on price_mystery, which the catalogue does not know.',
    })
  })

  it('keeps what stands beside an old subscription that has ended', () => {
    const { entitlement: kept } = derive({ subscriptions: [mystery, old], previous: entitlement() })
    expect(kept).toMatchObject({ tier: 'pro', access: 'full', subscriptionId: 'sub_mystery' })
  })

  it('beside an old subscription opens nothing that was closed, and is what there is to speak of', () => {
    const previous = entitlement({ tier: 'free', access: 'none', features: [], status: 'canceled' })
    const { entitlement: kept } = derive({ subscriptions: [old, mystery], previous })
    expect(kept).toMatchObject({
      tier: 'free',
      access: 'none',
      features: [],
      status: 'active',
      subscriptionId: 'sub_mystery',
    })
  })

  it('gives nothing to somebody who had nothing', () => {
    const { entitlement: kept, unknownPrice } = derive({ subscriptions: [mystery] })
    expect(kept).toMatchObject({ tier: 'free', features: [], limits: { monthlyUses: 10 } })
    expect(unknownPrice).toBe('price_mystery')
  })

  it('does not hold a known plan back', () => {
    const subscriptions = [mystery, row({ tier: 'studio' })]
    const { entitlement: earned, unknownPrice } = derive({ subscriptions, previous: entitlement() })
    expect(earned).toMatchObject({ tier: 'studio', subscriptionId: 'sub_1' })
    expect(unknownPrice).toBe('price_mystery')
  })

  it('is an alert even when there is no price to name, on a subscription without items', () => {
    const bare = row({ id: 'sub_bare', tier: null, priceId: null })
    expect(derive({ subscriptions: [bare] }).unknownPrice).toBe('the price of sub_bare')
  })

  it('is of no interest once its subscription allows nothing', () => {
    const over = { ...mystery, status: 'canceled' as const, endedAt: day(-1) }
    const { entitlement: earned, unknownPrice } = derive({
      subscriptions: [over],
      previous: entitlement(),
    })
    expect(unknownPrice).toBeNull()
    expect(earned).toMatchObject({ tier: 'free', access: 'none', status: 'canceled' })
  })

  it('never means less than what stands and never widens it', () => {
    const status = fc.constantFrom('active' as const, 'trialing' as const)
    fc.assert(
      fc.property(fc.constantFrom(...TIERS), status, (tier, of) => {
        const previous = entitlement({ tier, features: [...PLANS[tier].features] })
        const { entitlement: kept } = derive({
          subscriptions: [{ ...mystery, status: of }],
          previous,
        })
        expect(kept).toMatchObject({ tier, features: previous.features })
      }),
    )
  })
})

describe('an override', () => {
  it('lifts a customer above what they pay for, until its day', () => {
    expect(derive({ subscriptions: [row()], overrides: [override()] }).entitlement).toMatchObject({
      tier: 'studio',
      access: 'full',
      features: PLANS.studio.features,
      limits: { monthlyUses: 500 },
      validUntil: day(30),
      reason: 'Override until 2026-12-23T12:00:00.000Z: Conference speaker',
    })
  })

  it('lifts somebody who never subscribed', () => {
    expect(derive({ overrides: [override()] }).entitlement).toMatchObject({
      tier: 'studio',
      status: 'none',
    })
  })

  it.each([
    ['has ended a millisecond ago', override({ expiresAt: new Date(NOW.getTime() - 1) })],
    ['ends now', override({ expiresAt: NOW })],
    ['was revoked', override({ revokedAt: day(-1) })],
    ['is of no tier that we know', override({ tier: 'gold' })],
    ['is of the same plan', override({ tier: 'pro' })],
    ['is of a lesser plan', override({ tier: 'free' })],
  ])('that %s changes nothing', (_, each) => {
    const without = derive({ subscriptions: [row()] })
    expect(derive({ subscriptions: [row()], overrides: [each] })).toEqual(without)
  })

  it('stands until its last millisecond', () => {
    const ending = override({ expiresAt: new Date(NOW.getTime() + 1) })
    expect(derive({ overrides: [ending] }).entitlement.tier).toBe('studio')
  })

  it('of several is the best one, and of two alike the one that lasts longer', () => {
    const lesser = override({ tier: 'pro', expiresAt: day(300) })
    const longer = override({ expiresAt: day(60) })
    for (const overrides of [
      [lesser, override(), longer],
      [longer, override(), lesser],
    ]) {
      expect(derive({ overrides }).entitlement).toMatchObject({
        tier: 'studio',
        validUntil: day(60),
      })
    }
  })

  it('never takes away what was earned', () => {
    const tiers = fc.constantFrom('pro', 'studio')
    const given = fc.array(fc.constantFrom('free', 'pro', 'studio', 'gold'), { maxLength: 4 })
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
