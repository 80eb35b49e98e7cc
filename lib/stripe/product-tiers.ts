import { NotFound } from '@/lib/errors'
import { callStripe } from './call'

/**
 * `metadata.tier` of products, by product id; null for a product that says none or is gone.
 * Remembered for a minute: a product's tier is written once, and a sync must not cost two calls.
 */
export async function productTiers(
  ids: readonly string[],
): Promise<ReadonlyMap<string, string | null>> {
  const distinct = [...new Set(ids)]
  const tiers = await Promise.all(distinct.map(productTier))
  return new Map(distinct.map((id, index) => [id, tiers[index] ?? null]))
}

const REMEMBERED_MS = 60_000
const remembered = new Map<string, { tier: string | null; until: number }>()

async function productTier(id: string): Promise<string | null> {
  const known = remembered.get(id)
  if (known && known.until > Date.now()) return known.tier
  const tier = await readTier(id)
  remembered.set(id, { tier, until: Date.now() + REMEMBERED_MS })
  return tier
}

async function readTier(id: string): Promise<string | null> {
  try {
    const product = await callStripe((stripe) => stripe.products.retrieve(id))
    return product.metadata.tier ?? null
  } catch (error) {
    if (error instanceof NotFound) return null
    throw error
  }
}
