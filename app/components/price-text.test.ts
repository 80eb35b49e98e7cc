import { describe, expect, test } from 'vitest'
import { PLANS } from '@/lib/catalog/plans'
import { GREAT, SMALL } from '@/lib/catalog/tiers.fixture'
import { choiceText, monthlyOf, priceText } from './price-text'

describe('prices as people read them', () => {
  test('a whole amount has no decimals, another keeps them', () => {
    expect(priceText({ amount: 1900, currency: 'usd' }, 'month')).toBe('$19 / month')
    expect(priceText({ amount: 1950, currency: 'usd' }, 'year')).toBe('$19.50 / year')
    expect(priceText({ amount: 1900, currency: 'jpy' }, 'month')).toBe('¥1,900 / month')
  })

  test('a year by the month is never shown as less than it is by more than a cent', () => {
    expect(monthlyOf({ amount: 19_000, currency: 'usd' })).toEqual({
      amount: 1583,
      currency: 'usd',
    })
  })

  test('a choice names its plan and its price', () => {
    const [small, great] = [PLANS[SMALL], PLANS[GREAT]]
    expect(choiceText({ tier: SMALL, interval: 'month' })).toBe(
      `${small.name}, ${priceText(small.prices.month, 'month')}`,
    )
    expect(choiceText({ tier: GREAT, interval: 'year' })).toBe(
      `${great.name}, ${priceText(great.prices.year, 'year')}`,
    )
  })
})
