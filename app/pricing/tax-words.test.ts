import { expect, test } from 'vitest'
import { CHECKOUT_POLICY } from '@/lib/catalog/checkout-policy'
import { amountWords, payWords, priceLabel } from './tax-words'

test('where Stripe is not asked for tax, no sentence about paying promises any', () => {
  for (const words of [payWords('none'), amountWords('none'), priceLabel('none')])
    expect(words).not.toMatch(/tax/i)
})

test.each(['automatic', 'managed'] as const)(
  'with %s tax, every sentence says that it is seen first',
  (tax) => {
    for (const words of [payWords(tax), amountWords(tax), priceLabel(tax)])
      expect(words).toMatch(/tax/i)
  },
)

test('no sentence says on whose page it is paid: that is a setting, and this page is built before it is known', () => {
  for (const tax of ['none', 'automatic', 'managed'] as const)
    expect(payWords(tax)).not.toMatch(/page/i)
})

test('without being told, the sentences are those of the catalog’s setting', () => {
  expect(payWords()).toBe(payWords(CHECKOUT_POLICY.tax))
})
