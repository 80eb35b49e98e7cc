import { describe, expect, test } from 'vitest'
import { PLANS } from '@/lib/catalog/plans'
import { type ConfiguredPrices, tierForPrice } from './tier-for-price'
import { GREAT, SMALL } from './tiers.fixture'

const configured: ConfiguredPrices = {
  [SMALL]: { month: 'price_pro', year: 'price_pro_year' },
  [GREAT]: { month: undefined },
}

const price = (given: Partial<Parameters<typeof tierForPrice>[0]>) =>
  tierForPrice(
    { id: 'price_x', lookupKey: null, metadataTier: null, productMetadataTier: null, ...given },
    configured,
  )

describe('the tier of a price', () => {
  test('a configured id wins over everything that the price says', () => {
    expect(price({ id: 'price_pro_year', metadataTier: GREAT })).toBe(SMALL)
  })

  test('the price speaks before its product', () => {
    expect(price({ metadataTier: SMALL, productMetadataTier: GREAT })).toBe(SMALL)
    expect(price({ productMetadataTier: GREAT })).toBe(GREAT)
  })

  test('a grandfathered price keeps its tier after the lookup key has moved away', () => {
    expect(price({ id: 'price_old', lookupKey: null, metadataTier: GREAT })).toBe(GREAT)
  })

  test('what is sold by lookup key is recognized when it comes back', () => {
    expect(price({ lookupKey: PLANS[GREAT].lookupKeys.year })).toBe(GREAT)
  })

  test('an unknown price is unknown, not free', () => {
    expect(price({})).toBeNull()
    expect(price({ lookupKey: 'somebody_elses' })).toBeNull()
    expect(price({ metadataTier: 'gold' })).toBeNull()
    expect(price({ metadataTier: 'free' })).toBeNull()
  })

  test('a word that we do not know is not overruled by the product', () => {
    expect(price({ metadataTier: 'gold', productMetadataTier: SMALL })).toBeNull()
  })

  test('an id that is not configured does not match a variable that is not set', () => {
    expect(price({ id: 'undefined' })).toBeNull()
  })
})
