import type { PortalSettings } from '@/lib/stripe/portal-configurations'
import type { Desired } from './desired'
import type { Found } from './found'

/** Which prices a customer may change to, by product: ours, as they are held at Stripe now. */
export function portalProducts(
  { prices }: Pick<Desired, 'prices'>,
  found: Pick<Found, 'prices'>,
): PortalSettings['products'] {
  const byProduct = new Map<string, string[]>()
  for (const { lookupKey } of prices) {
    const held = found.prices.find((price) => price.lookupKey === lookupKey)
    if (held) byProduct.set(held.productId, [...(byProduct.get(held.productId) ?? []), held.id])
  }
  return [...byProduct].map(([product, ids]) => ({ product, prices: ids }))
}
