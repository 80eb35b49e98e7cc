import type Stripe from 'stripe'
import { NotFound } from '@/lib/errors'
import { type PriceId, type ProductId, parsePriceId } from '@/lib/ids'
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
  /** Whether tax is in the amount, or comes on top: `unspecified` until someone says so once and for all. */
  taxBehavior: string
}

/** The prices that hold these lookup keys now, active ones only; Stripe takes ten keys at most. */
export async function findPricesByLookupKeys(keys: readonly string[]): Promise<PriceSnapshot[]> {
  const prices = await callStripe((stripe) =>
    stripe.prices.list({ lookup_keys: [...keys], active: true, limit: 100 }),
  )
  return prices.data.map(snapshot)
}

/** What a price says of the tier that it pays for. */
export type LabeledPrice = {
  id: string
  lookupKey: string | null
  metadataTier: string | null
  productMetadataTier: string | null
}

/** A price, or all prices of a product, on sale or not; none where Stripe has it no longer. */
export async function listPricesOf(
  of: { kind: 'price'; id: PriceId } | { kind: 'product'; id: ProductId },
): Promise<LabeledPrice[]> {
  const reading =
    of.kind === 'price'
      ? callStripe(async (stripe) => [await stripe.prices.retrieve(of.id, { expand: ['product'] })])
      : callStripe((stripe) =>
          stripe.prices
            .list({ product: of.id, limit: 100, expand: ['data.product'] })
            .autoPagingToArray({ limit: 10_000 }),
        )
  const prices = await reading.catch((error: unknown) => {
    if (error instanceof NotFound) return []
    throw error
  })
  return prices.map(labels)
}

function labels({ id, lookup_key, metadata, product }: Stripe.Price): LabeledPrice {
  // A bare id would mean that Stripe ignored `expand`; a deleted product says nothing any more.
  const words = typeof product === 'string' || product.deleted ? null : product.metadata
  return {
    id,
    lookupKey: lookup_key,
    metadataTier: metadata.tier ?? null,
    productMetadataTier: words?.tier ?? null,
  }
}

/** Makes a recurring price. It takes its lookup key over from whichever price holds it. */
export async function createPrice(price: {
  productId: string
  tier: string
  amount: Money
  interval: 'month' | 'year'
  lookupKey: string
  taxed: boolean
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
      ...taxBehavior(price.taxed),
    }),
  )
  return parsePriceId(created.id)
}

/** Makes a price that is paid once, with a product of its own or on one that is there. It takes its lookup key over. */
export async function createOneTimePrice(price: {
  name: string
  amount: Money
  lookupKey: string
  productId: string | null
  taxed: boolean
}): Promise<void> {
  const { name, amount, lookupKey, productId, taxed } = price
  await callStripe((stripe) =>
    stripe.prices.create({
      ...(productId ? { product: productId } : { product_data: { name, metadata: { app: APP } } }),
      currency: amount.currency,
      unit_amount: amount.amount,
      lookup_key: lookupKey,
      transfer_lookup_key: true,
      metadata: { app: APP },
      ...taxBehavior(taxed),
    }),
  )
}

/** Whether a price lacks a word on tax that it needs; it can be said once, and never changed. */
export function lacksTax({ taxBehavior }: PriceSnapshot, taxed: boolean): boolean {
  return taxed && taxBehavior === 'unspecified'
}

/** Whether tax is in a price that must come without. */
export function hidesTax({ taxBehavior }: PriceSnapshot, taxed: boolean): boolean {
  return taxed && taxBehavior === 'inclusive'
}

/** Has Stripe add tax to a price that said nothing of it. */
export async function addTaxTo(id: PriceId): Promise<void> {
  await callStripe((stripe) => stripe.prices.update(id, taxBehavior(true)))
}

// Our pages say that tax is added to what they show. Without a word on the price the account's default decides that.
function taxBehavior(taxed: boolean): { tax_behavior?: 'exclusive' } {
  return taxed ? { tax_behavior: 'exclusive' } : {}
}

/** Writes our own words on a price, and that tax comes on top of it where it said nothing of that yet. */
export async function labelPrice(
  id: PriceId,
  { tier, taxed }: { tier: string; taxed: boolean },
): Promise<void> {
  await callStripe(async (stripe) => {
    const { tax_behavior } = taxed ? await stripe.prices.retrieve(id) : {}
    const more = taxBehavior(tax_behavior === 'unspecified')
    return stripe.prices.update(id, { metadata: { app: APP, tier }, ...more })
  })
}

/** Takes a price off sale; its subscribers keep it. */
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
    taxBehavior: price.tax_behavior ?? 'unspecified',
  }
}
