import { describe, expect, it } from 'vitest'
import { priceForTier } from '@/lib/catalog/price-for-tier'
import { GREAT, SMALL } from '@/lib/catalog/tiers.fixture'
import { parsePriceId } from '@/lib/ids'
import { raisedPrice } from './raised-price.fixture'
import { requireNotice, routeOf } from './route'

const scene = raisedPrice()

describe('a route', () => {
  it.each([
    ['a price that Stripe does not have', () => ['price_unknown', scene.to], 'Stripe has no price'],
    ['the same price twice', () => [scene.from, scene.from], 'both the old and the new'],
    [
      'another plan',
      async () => [scene.from, await priceForTier(GREAT, 'month')],
      'within its plan',
    ],
    [
      'another interval',
      async () => [scene.from, await priceForTier(SMALL, 'year')],
      'within its interval',
    ],
    ['a price that is sold no more', () => [scene.to, scene.from], 'is sold for now'],
  ] as const)('to or from %s is refused, in a sentence', async (_, prices, says) => {
    const [a = '', b = ''] = await prices()
    await expect(routeOf(parsePriceId(a), parsePriceId(b))).rejects.toThrow(says)
  })

  it('with less notice than is to be given is refused, and says the first day that is not', () => {
    const now = new Date('2027-01-10T12:00:00Z')
    expect(() => requireNotice(new Date('2027-02-09T00:00:00Z'), now, 30)).toThrow('2027-02-10')
    expect(() => requireNotice(new Date('2027-02-10T00:00:00Z'), now, 30)).not.toThrow()
  })
})
