import type { Interval, PaidTier } from './plans'
import { INTERVALS, isPaidTier, PAID_TIERS, PLANS } from './plans'

/**
 * The tier that a Stripe price pays for. Configured ids come first, then what the price
 * says of itself, then what its product says, so that a grandfathered price keeps its tier
 * after its lookup key has moved to a new price; the lookup key is asked last.
 * `null` means unknown, which NEVER means free: the caller keeps the current
 * entitlement, raises an alert and tries again.
 */
export function tierForPrice(price: PricedAs, configured: ConfiguredPrices): PaidTier | null {
  const byId = PAID_TIERS.find((tier) =>
    INTERVALS.some((each) => configured[tier]?.[each] === price.id),
  )
  if (byId) return byId
  // The first that speaks decides: a word we do not know is unknown, not a reason to ask the next.
  const word = price.metadataTier ?? price.productMetadataTier
  if (word !== null) return isPaidTier(word) ? word : null
  return tierForLookupKey(price.lookupKey)
}

export type PricedAs = {
  id: string
  lookupKey: string | null
  metadataTier: string | null
  productMetadataTier: string | null
}

/** `env().stripe.prices`: the ids that an operator fixed, where they did. */
export type ConfiguredPrices = Readonly<
  Partial<Record<PaidTier, Readonly<Partial<Record<Interval, string | undefined>>>>>
>

// What `priceForTier` sells by lookup key must be recognized when it comes back.
function tierForLookupKey(key: string | null): PaidTier | null {
  if (key === null) return null
  const sells = (tier: PaidTier) => INTERVALS.some((each) => PLANS[tier].lookupKeys[each] === key)
  return PAID_TIERS.find(sells) ?? null
}
