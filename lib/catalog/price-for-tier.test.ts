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

test('otherwise the price that holds the lookup key is sold, and asked for once a minute', async () => {
  find.mockResolvedValue([{ id: 'price_held' }])
  expect(await priceForTier('pro', 'year')).toBe('price_held')
  expect(await priceForTier('pro', 'year')).toBe('price_held')
  expect(find.mock.calls).toEqual([[['ledgerline_pro_yearly']]])
  vi.useFakeTimers({ now: Date.now() + 61_000 })
  await priceForTier('pro', 'year')
  expect(find).toHaveBeenCalledTimes(2)
  vi.useRealTimers()
})

test.each(['free', 'gold', '', '__proto__', 'price_1'])('%j has no price', async (tier) => {
  await expect(priceForTier(tier as PaidTier, 'month')).rejects.toThrow('no price for the tier')
})
