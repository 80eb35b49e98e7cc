import type Stripe from 'stripe'
import { fromUnix } from '@/lib/clock'
import { parseRecurrence, type Recurrence } from './interval'
import { idOf } from './read'

export type SubscriptionItemSnapshot = {
  id: string
  /** Not parsed: plans from before prices, and products made by hand, have ids of any form. */
  priceId: string
  productId: string
  lookupKey: string | null
  interval: Recurrence | null
  intervalCount: number | null
  /** Minor units; null where the price has tiers or decimals. */
  unitAmount: number | null
  /** The same with decimals, where the price has them; null where it has tiers or is metered. */
  exactAmount: number | null
  currency: string
  quantity: number | null
  metadataTier: string | null
  productMetadataTier: string | null
  currentPeriodStart: Date
  currentPeriodEnd: Date
}

/** What Stripe shows of an item. `tiers`: what the products say, where they were asked. */
export function itemSnapshot(
  item: Stripe.SubscriptionItem,
  tiers: ReadonlyMap<string, string | null>,
): SubscriptionItemSnapshot {
  const { price } = item
  const productId = String(idOf(price.product))
  return {
    id: item.id,
    priceId: price.id,
    productId,
    lookupKey: price.lookup_key,
    interval: price.recurring ? parseRecurrence(price.recurring.interval) : null,
    intervalCount: price.recurring?.interval_count ?? null,
    unitAmount: price.unit_amount,
    exactAmount: exactAmount(price),
    currency: price.currency,
    quantity: item.quantity ?? null,
    metadataTier: price.metadata.tier ?? null,
    productMetadataTier: tiers.get(productId) ?? null,
    currentPeriodStart: fromUnix(item.current_period_start),
    currentPeriodEnd: fromUnix(item.current_period_end),
  }
}

function exactAmount(price: Stripe.Price): number | null {
  if (price.recurring?.usage_type === 'metered') return null
  const decimal = price.unit_amount_decimal ?? price.unit_amount
  return decimal === null ? null : Number(String(decimal))
}
