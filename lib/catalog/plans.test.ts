import { describe, expect, test } from 'vitest'
import { FEATURES } from './features'
import { INTERVALS, isPaidTier, PAID_TIERS, PLANS, TIERS } from './plans'

describe('the catalog', () => {
  test('Pro is $19 a month or $190 a year for 100 uses, with support and analytics', () => {
    expect(PLANS.pro).toMatchObject({
      prices: {
        month: { amount: 1900, currency: 'usd' },
        year: { amount: 19_000, currency: 'usd' },
      },
      monthlyUses: 100,
      features: ['priority_support', 'advanced_analytics'],
    })
  })

  test('Studio is $49 a month or $490 a year for 500 uses, with every feature', () => {
    expect(PLANS.studio).toMatchObject({
      prices: {
        month: { amount: 4900, currency: 'usd' },
        year: { amount: 49_000, currency: 'usd' },
      },
      monthlyUses: 500,
    })
    expect([...PLANS.studio.features].sort()).toEqual(Object.keys(FEATURES).sort())
  })

  test('Free costs nothing, has no Stripe price and 10 uses', () => {
    expect(PLANS.free).toMatchObject({ prices: null, lookupKeys: null, monthlyUses: 10 })
  })

  test('no plan has a trial unless somebody writes one', () => {
    for (const tier of PAID_TIERS) expect(PLANS[tier].trialDays).toBeUndefined()
  })

  test('a later tier has all that an earlier one has', () => {
    expect(PLANS.studio.features).toEqual(expect.arrayContaining([...PLANS.pro.features]))
    const uses = TIERS.map((tier) => PLANS[tier].monthlyUses)
    expect(uses).toEqual([...uses].sort((a, b) => a - b))
  })

  test('every lookup key is its own, and says whose it is', () => {
    const keys = PAID_TIERS.flatMap((tier) => INTERVALS.map((each) => PLANS[tier].lookupKeys[each]))
    expect(new Set(keys).size).toBe(keys.length)
    for (const key of keys) expect(key).toMatch(/^ledgerline_(pro|studio)_(monthly|yearly)$/)
  })

  test('a year costs less than twelve months, in whole minor units', () => {
    for (const { prices } of [PLANS.pro, PLANS.studio]) {
      expect(prices.year.amount).toBeLessThan(prices.month.amount * 12)
      expect(Number.isInteger(prices.month.amount) && Number.isInteger(prices.year.amount)).toBe(
        true,
      )
    }
  })
})

test('only pro and studio are paid tiers', () => {
  expect(
    ['pro', 'studio', 'free', 'gold', '', null, undefined, 'toString'].filter(isPaidTier),
  ).toEqual(['pro', 'studio'])
})
