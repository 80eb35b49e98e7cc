import type Stripe from 'stripe'
import { type PriceId, parsePriceId } from '@/lib/ids'
import type { Money } from '@/lib/money'
import { callStripe } from './call'
import { parseRecurrence, type Recurrence } from './interval'
import { APP } from './metadata'
import { idOf } from './read'

export type PriceSnapshot = {
  id: PriceId
  productId: string
  active: boolean
  lookupKey: string | null
  /** Null where the price has tiers or a customer-chosen amount. */
  amount: Money | null
  interval: Recurrence | null
  intervalCount: number | null
  metadata: { app: string | null; tier: string | null }
}

/** The prices that hold these lookup keys now, active ones only; Stripe takes ten keys at most. */
export async function findPricesByLookupKeys(keys: readonly string[]): Promise<PriceSnapshot[]> {
  const prices = await callStripe((stripe) =>
    stripe.prices.list({ lookup_keys: [...keys], active: true, limit: 100 }),
  )
  return prices.data.map(snapshot)
}

/** Makes a recurring price. It takes its lookup key over from whichever price holds it. */
export async function createPrice(price: {
  productId: string
  tier: string
  amount: Money
  interval: 'month' | 'year'
  lookupKey: string
}): Promise<PriceId> {
  const created = await callStripe((stripe) =>
    stripe.prices.create({
      product: price.productId,
      currency: price.amount.currency,
      unit_amount: price.amount.amount,
      recurring: { interval: price.interval },
      lookup_key: price.lookupKey,
      transfer_lookup_key: true,
      metadata: { app: APP, tier: price.tier },
    }),
  )
  return parsePriceId(created.id)
}

/** Writes our own words on a price. */
export async function labelPrice(id: PriceId, { tier }: { tier: string }): Promise<void> {
  await callStripe((stripe) => stripe.prices.update(id, { metadata: { app: APP, tier } }))
}

/** Takes a price off sale; who has it keeps it. */
export async function deactivatePrice(id: PriceId): Promise<void> {
  await callStripe((stripe) => stripe.prices.update(id, { active: false }))
}

function snapshot(price: Stripe.Price): PriceSnapshot {
  const { unit_amount: amount, currency, recurring } = price
  return {
    id: parsePriceId(price.id),
    productId: String(idOf(price.product)),
    active: price.active,
    lookupKey: price.lookup_key,
    amount: amount === null ? null : { amount, currency },
    interval: recurring ? parseRecurrence(recurring.interval) : null,
    intervalCount: recurring?.interval_count ?? null,
    metadata: { app: price.metadata.app ?? null, tier: price.metadata.tier ?? null },
  }
}
