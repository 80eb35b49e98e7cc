import { describe, expect, test } from 'vitest'
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
    expect(choiceText({ tier: 'pro', interval: 'month' })).toBe('Pro, $19 / month')
    expect(choiceText({ tier: 'studio', interval: 'year' })).toBe('Studio, $490 / year')
  })
})
