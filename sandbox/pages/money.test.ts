import { describe, expect, it } from 'vitest'
import { intervalName, money, perPeriod } from './money'

describe('an amount', () => {
  it.each([
    [1900, 'usd', '$19.00'],
    [0, 'usd', '$0.00'],
    [-833, 'usd', '−$8.33'],
    [1900, 'eur', '€19.00'],
    [1900, 'jpy', '¥1,900'],
    [1900, 'kwd', 'KWD 1.900'],
    // Stripe counts krónur and shillings in hundredths though no price has hundredths, and ariary whole.
    [190_000, 'isk', 'ISK 1,900'],
    [190_000, 'ugx', 'UGX 1,900'],
    [1900, 'mga', 'MGA 1,900'],
  ])('of %d %s is written %s', (amount, currency, text) => {
    expect(money({ amount, currency }).replaceAll('\u00a0', ' ')).toBe(text)
  })

  it('says how often it is charged', () => {
    expect(perPeriod({ interval: 'month', intervalCount: 1 })).toBe('per month')
    expect(perPeriod({ interval: 'month', intervalCount: 3 })).toBe('every 3 months')
    expect(intervalName({ interval: 'year', intervalCount: 1 })).toBe('Yearly')
    expect(intervalName({ interval: 'week', intervalCount: 2 })).toBe('Every 2 weeks')
  })
})
