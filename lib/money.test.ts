import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { SMALL } from '@/lib/catalog/tiers.fixture'
import { PLANS } from './catalog/plans'
import { yearlySaving } from './catalog/yearly-saving'
import { formatMoney } from './money'

describe('an amount', () => {
  it.each([
    ['cents', 1900, 'usd', 'en-US', '$19.00'],
    ['thousands of dollars', 1_234_567, 'usd', 'en-US', '$12,345.67'],
    ['nothing', 0, 'usd', 'en-US', '$0.00'],
    ['a credit', -1900, 'usd', 'en-US', '-$19.00'],
    ['yen, which have no decimals', 1900, 'jpy', 'en-US', '¥1,900'],
    ['fils, a thousand to a dinar', 1900, 'kwd', 'en-US', 'KWD 1.900'],
    ['euros for a German', 1900, 'eur', 'de-DE', '19,00 €'],
    ['yen for a Japanese', 1900, 'jpy', 'ja-JP', '￥1,900'],
  ])('of %s is written as its currency is written', (_, amount, currency, locale, text) => {
    expect(plain(formatMoney({ amount, currency }, locale))).toBe(text)
  })

  it.each([
    ['huf', 'HUF 1,900.50'],
    ['idr', 'IDR 1,900.50'],
    ['cop', 'COP 1,900.50'],
    ['isk', 'ISK 1,900.50'],
    ['pkr', 'PKR 1,900.50'],
  ])(
    'in %s counts hundredths, because Stripe does, whatever the platform thinks',
    (currency, text) => {
      expect(plain(formatMoney({ amount: 190_050, currency }))).toBe(text)
    },
  )

  it.each([
    [1900, 'usd', '$19'],
    [1950, 'usd', '$19.50'],
    [19_000, 'kwd', 'KWD 19'],
    [1900, 'jpy', '¥1,900'],
  ])(
    'of %i %s drops its decimals on a plan card only when they say nothing',
    (amount, currency, text) => {
      expect(plain(formatMoney({ amount, currency }, 'en-US', { trim: true }))).toBe(text)
    },
  )

  it('is never rounded: what is written is what is charged', () => {
    const currencies = fc.constantFrom(['usd', 2], ['jpy', 0], ['kwd', 3], ['huf', 2] as const)
    fc.assert(
      fc.property(
        currencies,
        fc.integer({ min: 0, max: 10 ** 11 }),
        fc.boolean(),
        (of, amount, trim) => {
          const text = formatMoney({ amount, currency: `${of[0]}` }, 'en-US', { trim })
          const written = Number(text.replace(/[^0-9.]/g, ''))
          expect(Math.round(written * 10 ** Number(of[1]))).toBe(amount)
        },
      ),
    )
  })
})

describe('paying yearly', () => {
  it('saves two months of twelve in our catalog', () => {
    const { month, year } = PLANS[SMALL].prices
    expect(yearlySaving(month, year)).toBe(16)
  })

  it.each([
    [1000, 12_000, 0],
    [1000, 11_999, 0],
    [1000, 6000, 50],
  ])('%i a month and %i a year never promises more than it saves', (monthly, yearly, percent) => {
    expect(
      yearlySaving({ amount: monthly, currency: 'usd' }, { amount: yearly, currency: 'usd' }),
    ).toBe(percent)
  })
})

// Intl separates with spaces that do not break.
function plain(text: string): string {
  return text.replace(/\s/g, ' ')
}
