import { expect, test } from 'vitest'
import { SMALL } from '@/lib/catalog/tiers.fixture'
import { parsePromotionCodeId } from '@/lib/ids'
import type { PromotionSnapshot } from '@/lib/stripe/promotion-codes'
import { isUsable } from './usable'

const NOW = new Date('2026-11-23T12:00:00Z')
const CODE: PromotionSnapshot = {
  ...{ id: parsePromotionCodeId('promo_1'), code: 'LAUNCH', isActive: true, until: null },
  ...{ customerId: null, firstTime: false, minimum: null, percentOff: null, products: null },
  ...{ amountOff: { amount: 500, currency: 'usd' }, duration: 'once', months: null },
}
const usable = (code: Partial<PromotionSnapshot>, hasBought = false) =>
  isUsable(
    { ...CODE, ...code },
    { tier: SMALL, interval: 'month' },
    { customerId: 'cus_1', hasBought },
    NOW,
  )

test('a code that was made in another currency may have ours, too: Stripe says', () => {
  expect(usable({ amountOff: { amount: 500, currency: 'eur' } })).toBe(true)
  expect(usable({ minimum: { amount: 100_000, currency: 'eur' } })).toBe(true)
})

test('an order that is too small by our own list is refused to a new customer, and left to Stripe for one who pays in their own currency', () => {
  const minimum = { amount: 100_000, currency: 'usd' }
  expect(usable({ minimum })).toBe(false)
  expect(usable({ minimum }, true)).toBe(true)
})
