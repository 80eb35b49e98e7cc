import { NotFound } from '@/lib/errors'
import { callStripe } from './call'

/**
 * `metadata.tier` of products, by product id; null for a product that says none or is gone. Not
 * remembered: an event that it changed has customers read again, and they must see the new word.
 */
export async function productTiers(
  ids: readonly string[],
): Promise<ReadonlyMap<string, string | null>> {
  const distinct = [...new Set(ids)]
  const tiers = await Promise.all(distinct.map(readTier))
  return new Map(distinct.map((id, index) => [id, tiers[index] ?? null]))
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
