import { expect, it } from 'vitest'
import { shopForFile } from '@/lib/checkout/shop-for-file.fixture'
import { stripeClient } from '@/lib/stripe/client'
import { ENTRY_PLAN, TOP_PLAN } from './plans'
import { priceForTier } from './price-for-tier'
import { pricesIn } from './prices-in'

shopForFile()

it('a plan costs in another currency what its price says there, and nothing is converted', async () => {
  const id = await priceForTier(ENTRY_PLAN.tier, 'month')
  await stripeClient().prices.update(id, { currency_options: { eur: { unit_amount: 1800 } } })
  expect(await pricesIn('eur')).toEqual({
    [ENTRY_PLAN.tier]: { month: { amount: 1800, currency: 'eur' } },
  })
  expect(await pricesIn('jpy')).toEqual({})
  expect((await pricesIn(TOP_PLAN.currency))[TOP_PLAN.tier]).toEqual(TOP_PLAN.prices)
})
