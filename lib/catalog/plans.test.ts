import { describe, expect, test } from 'vitest'
import { catalogOf } from './catalog-of'
import * as SOLD from './plans'
import { SAMPLE_CATALOGS } from './sample-catalogs'

const catalogs = [
  { name: 'that is sold', catalog: SOLD },
  ...Object.entries(SAMPLE_CATALOGS).map(([count, catalog]) => ({
    name: `of ${count} plans`,
    catalog: catalog(),
  })),
]

describe.each(catalogs)('the catalog $name', ({ catalog }) => {
  const { ALL_PLANS, FREE, PAID_PLANS, PAID_TIERS, TIERS, isPaidTier } = catalog

  test('begins with the free plan, and has each plan once under its tier', () => {
    expect(ALL_PLANS[0]).toBe(FREE)
    expect(ALL_PLANS.map(({ tier }) => tier)).toEqual(TIERS)
    expect(new Set(TIERS).size).toBe(TIERS.length)
    expect(Object.keys(catalog.PLANS).sort()).toEqual([...TIERS].sort())
  })

  test('has two to five plans, which is what the pages have room for', () => {
    expect(ALL_PLANS.length).toBeGreaterThanOrEqual(2)
    expect(ALL_PLANS.length).toBeLessThanOrEqual(5)
  })

  test('has tiers that can stand in a lookup key and in the name of a variable', () => {
    for (const tier of PAID_TIERS) expect(tier).toMatch(/^[a-z][a-z\d]*(_[a-z\d]+)*$/)
    // `STRIPE_PRICE_PRO_YEARLY` would be two things.
    for (const tier of PAID_TIERS) expect(tier).not.toMatch(/_(month|year)ly$/)
  })

  test('gives a greater plan everything that a smaller one has, and never fewer uses', () => {
    for (const [n, { features, monthlyUses }] of ALL_PLANS.entries()) {
      const greater = ALL_PLANS[n + 1]
      if (!greater) continue
      expect(greater.features).toEqual(expect.arrayContaining([...features]))
      expect(greater.monthlyUses).toBeGreaterThanOrEqual(monthlyUses)
    }
  })

  test('prices each paid plan in whole minor units of one currency, and a greater one higher', () => {
    for (const { prices, currency } of PAID_PLANS)
      for (const price of [prices.month, prices.year]) {
        expect(price.currency).toBe(currency)
        expect(currency).toBe(FREE.currency)
        expect(Number.isInteger(price.amount)).toBe(true)
      }
    const monthly = PAID_PLANS.map(({ prices }) => prices.month.amount)
    expect(monthly).toEqual([...monthly].sort((a, b) => a - b))
  })

  test('never makes a year dearer than twelve months', () => {
    for (const { prices } of PAID_PLANS)
      expect(prices.year.amount).toBeLessThanOrEqual(prices.month.amount * 12)
  })

  test('highlights one paid plan at most', () => {
    expect(ALL_PLANS.filter(({ highlight }) => highlight).length).toBeLessThanOrEqual(1)
    expect(FREE.highlight).toBeUndefined()
  })

  test('names every price at Stripe once, by its tier and interval', () => {
    const keys = PAID_PLANS.flatMap(({ lookupKeys }) => Object.values(lookupKeys))
    expect(new Set(keys).size).toBe(keys.length)
    for (const { tier, lookupKeys } of PAID_PLANS) {
      expect(lookupKeys.month).toMatch(new RegExp(`^\\w+_${tier}_monthly$`))
      expect(lookupKeys.year).toMatch(new RegExp(`^\\w+_${tier}_yearly$`))
    }
  })

  test('knows a paid tier from everything else', () => {
    const words = [...TIERS, 'no_such_tier', '', null, undefined, 'toString']
    expect(words.filter(isPaidTier)).toEqual(PAID_TIERS)
  })
})

test('a plan that is not highlighted is recommended when it is the only one', () => {
  const { free, paid } = { free: SOLD.FREE, paid: { only: SOLD.ENTRY_PLAN } }
  const { RECOMMENDED, ENTRY_PLAN, TOP_PLAN } = catalogOf({
    free,
    paid: { only: { ...paid.only, highlight: '' } },
  })
  expect(RECOMMENDED.tier).toBe('only')
  expect([ENTRY_PLAN.tier, TOP_PLAN.tier]).toEqual(['only', 'only'])
})
