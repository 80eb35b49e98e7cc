import { beforeEach, expect, test, vi } from 'vitest'
import { type PaidTier, PLANS } from './plans'
import { priceForTier } from './price-for-tier'
import { SMALL } from './tiers.fixture'

const { prices, find } = vi.hoisted(() => ({
  prices: {} as { [tier: string]: { month: string } },
  find: vi.fn(),
}))
vi.mock('@/lib/env', () => ({ env: () => ({ stripe: { prices } }) }))
vi.mock('@/lib/stripe/prices', () => ({ findPricesByLookupKeys: find }))

beforeEach(() => {
  delete prices[SMALL]
  find.mockReset()
})

test('a configured price is sold without asking Stripe', async () => {
  prices[SMALL] = { month: 'price_mine' }
  expect(await priceForTier(SMALL, 'month')).toBe('price_mine')
  expect(find).not.toHaveBeenCalled()
})

test('a plan that Stripe does not have says how to bring it there', async () => {
  find.mockResolvedValue([])
  await expect(priceForTier(SMALL, 'year')).rejects.toThrow('npm run stripe:push')
})

test('otherwise the price that holds the lookup key is sold, whichever holds it by then', async () => {
  find.mockResolvedValueOnce([{ id: 'price_held' }])
  expect(await priceForTier(SMALL, 'year')).toBe('price_held')
  find.mockResolvedValueOnce([{ id: 'price_moved' }])
  expect(await priceForTier(SMALL, 'year')).toBe('price_moved')
  expect(find).toHaveBeenCalledWith([PLANS[SMALL].lookupKeys.year])
})

test('many who ask at once share one question', async () => {
  find.mockResolvedValue([{ id: 'price_held' }])
  await Promise.all(Array.from({ length: 50 }, () => priceForTier(SMALL, 'year')))
  expect(find).toHaveBeenCalledOnce()
})

test.each(['free', 'gold', '', '__proto__', 'price_1'])('%j has no price', async (tier) => {
  await expect(priceForTier(tier as PaidTier, 'month')).rejects.toThrow('no price for the tier')
})
