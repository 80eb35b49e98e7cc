import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Tier } from '@/lib/catalog/plans'
import { PLANS, TIERS } from '@/lib/catalog/plans'
import { GREAT, SMALL } from '@/lib/catalog/tiers.fixture'
import { day, entitlement, NOW, row } from '@/lib/sync/rows.fixture'
import { deriveEntitlement, type Inputs } from './derive'

function derive(inputs: Partial<Inputs>) {
  return deriveEntitlement({
    subscriptions: [],
    overrides: [],
    previous: null,
    now: NOW,
    ...inputs,
  })
}

const ofUnknownPrice = row({ id: 'sub_of_unknown_price', tier: null, priceId: 'price_unknown' })
const old = row({ id: 'sub_old', status: 'canceled', endedAt: day(-1), stripeCreatedAt: day(-90) })

describe('a price that the catalog does not know', () => {
  const paidFor = (tier: Tier) =>
    entitlement({ tier, earnedTier: tier, subscriptionId: 'sub_of_unknown_price' })

  it('keeps what its subscription gave, says why and is named for the alert', () => {
    const { entitlement: kept, unknownPrice } = derive({
      subscriptions: [ofUnknownPrice],
      previous: paidFor(GREAT),
    })
    expect(unknownPrice).toBe('price_unknown')
    expect(kept).toMatchObject({
      tier: GREAT,
      access: 'full',
      features: [...PLANS[GREAT].features],
      limits: { monthlyUses: PLANS[GREAT].monthlyUses },
      subscriptionId: 'sub_of_unknown_price',
      reason:
        'Kept: sub_of_unknown_price is active on price_unknown, which the catalog does not know.',
    })
  })

  it('keeps what stands beside an old subscription that has ended', () => {
    const { entitlement: kept } = derive({
      subscriptions: [ofUnknownPrice, old],
      previous: paidFor(SMALL),
    })
    expect(kept).toMatchObject({
      tier: SMALL,
      access: 'full',
      subscriptionId: 'sub_of_unknown_price',
    })
  })

  it('does not live on what another subscription gave', () => {
    const previous = entitlement({
      tier: GREAT,
      earnedTier: GREAT,
      subscriptionId: 'sub_old',
    })
    const { entitlement: kept } = derive({ subscriptions: [ofUnknownPrice, old], previous })
    expect(kept).toMatchObject({
      tier: 'free',
      access: 'none',
      subscriptionId: 'sub_of_unknown_price',
    })
  })

  it('does not outlive an override that lifted it', () => {
    const previous = entitlement({
      tier: GREAT,
      earnedTier: SMALL,
      subscriptionId: 'sub_of_unknown_price',
    })
    const { entitlement: kept } = derive({ subscriptions: [ofUnknownPrice], previous })
    expect(kept).toMatchObject({ tier: SMALL, access: 'full' })
  })

  it('beside an old subscription opens nothing that was closed, and is what there is to speak of', () => {
    const previous = entitlement({ tier: 'free', access: 'none', features: [], status: 'canceled' })
    const { entitlement: kept } = derive({ subscriptions: [old, ofUnknownPrice], previous })
    expect(kept).toMatchObject({
      tier: 'free',
      access: 'none',
      features: [],
      status: 'active',
      subscriptionId: 'sub_of_unknown_price',
    })
  })

  it('gives nothing to a user who had nothing', () => {
    const { entitlement: kept, unknownPrice } = derive({ subscriptions: [ofUnknownPrice] })
    expect(kept).toMatchObject({ tier: 'free', features: [], limits: { monthlyUses: 10 } })
    expect(unknownPrice).toBe('price_unknown')
  })

  it('does not hold a known plan back', () => {
    const subscriptions = [ofUnknownPrice, row({ tier: GREAT })]
    const { entitlement: earned, unknownPrice } = derive({ subscriptions, previous: entitlement() })
    expect(earned).toMatchObject({ tier: GREAT, subscriptionId: 'sub_1' })
    expect(unknownPrice).toBe('price_unknown')
  })

  it('is an alert even when there is no price to name, on a subscription without items', () => {
    const bare = row({ id: 'sub_bare', tier: null, priceId: null })
    expect(derive({ subscriptions: [bare] }).unknownPrice).toBe('the price of sub_bare')
  })

  it('is of no interest once its subscription allows nothing', () => {
    const over = { ...ofUnknownPrice, status: 'canceled' as const, endedAt: day(-1) }
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
        const previous = paidFor(tier)
        const { entitlement: kept } = derive({
          subscriptions: [{ ...ofUnknownPrice, status: of }],
          previous,
        })
        expect(kept).toMatchObject({ tier, features: [...PLANS[tier].features] })
      }),
    )
  })
})
