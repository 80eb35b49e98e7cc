import type { Change } from '@/db/queries/ledger'
import { tierForPrice } from '@/lib/catalog/tier-for-price'
import type { Target } from '@/lib/events/target'
import { NO_CHANGE } from './no-change'
import type { SyncPorts } from './ports'

/**
 * What a price, or each price of a product, is worth by now. Customers whose records say another tier
 * are looked at again: also those who kept waiting because their price was unknown, and those who are
 * being read at this moment and may have been shown the old word.
 */
export async function readPriceTiers(
  ports: SyncPorts,
  target: Extract<Target, { kind: 'price' | 'product' }>,
): Promise<Change> {
  const prices = await ports.stripe.listPricesOf(target)
  const tiers = new Map(prices.map((price) => [price.id, tierForPrice(price, ports.prices)]))
  const subscribers = await ports.ledger.listSubscribers([...tiers.keys()])
  const others = subscribers.filter(
    ({ priceId, tier }) => priceId === null || tiers.get(priceId) !== tier,
  )
  return { ...NO_CHANGE, marks: [...new Set(others.map(({ customerId }) => customerId))] }
}
