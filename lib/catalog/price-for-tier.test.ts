import { beforeEach, expect, test, vi } from 'vitest'
import type { PaidTier } from './plans'
import { priceForTier } from './price-for-tier'

const { prices, find } = vi.hoisted(() => ({
  prices: { pro: { month: undefined as string | undefined }, studio: {} },
  find: vi.fn(),
}))
vi.mock('@/lib/env', () => ({ env: () => ({ stripe: { prices } }) }))
vi.mock('@/lib/stripe/prices', () => ({ findPricesByLookupKeys: find }))

beforeEach(() => {
  prices.pro.month = undefined
  find.mockReset()
})

test('a configured price is sold without asking Stripe', async () => {
  prices.pro.month = 'price_mine'
  expect(await priceForTier('pro', 'month')).toBe('price_mine')
  expect(find).not.toHaveBeenCalled()
})

test('a plan that Stripe does not have says how to bring it there', async () => {
  find.mockResolvedValue([])
  await expect(priceForTier('pro', 'year')).rejects.toThrow('npm run stripe:push')
})

test('otherwise the price that holds the lookup key is sold, whichever holds it by then', async () => {
  find.mockResolvedValueOnce([{ id: 'price_held' }])
  expect(await priceForTier('pro', 'year')).toBe('price_held')
  find.mockResolvedValueOnce([{ id: 'price_moved' }])
  expect(await priceForTier('pro', 'year')).toBe('price_moved')
  expect(find).toHaveBeenCalledWith(['ledgerline_pro_yearly'])
})

test('many who ask at once share one question', async () => {
  find.mockResolvedValue([{ id: 'price_held' }])
  await Promise.all(Array.from({ length: 50 }, () => priceForTier('pro', 'year')))
  expect(find).toHaveBeenCalledOnce()
})

test.each(['free', 'gold', '', '__proto__', 'price_1'])('%j has no price', async (tier) => {
  await expect(priceForTier(tier as PaidTier, 'month')).rejects.toThrow('no price for the tier')
})
