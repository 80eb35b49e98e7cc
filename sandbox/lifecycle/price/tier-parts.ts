import type Stripe from 'stripe'
import { ratesIn } from './rates'

/** What a tier asks: for the units that fall in it, or, with `flat`, for being reached at all. */
export interface TierPart {
  /** From 1, as people count. */
  tier: number
  units: number
  flat: boolean
  /** Minor units, for one; a fraction where the tier has one. */
  each: number
  /** Integer minor units: each part is rounded by itself, because it is a line of its own. */
  amount: number
}

type Tier = Readonly<Stripe.Price.Tier>

/** The parts of what so many units of a tiered price cost; null for a price without tiers. */
export function tierParts(
  price: Readonly<Stripe.Price>,
  units: number,
  currency: string,
): TierPart[] | null {
  if (price.billing_scheme !== 'tiered') return null
  const tiers = ratesIn(price, currency).tiers ?? []
  return price.tiers_mode === 'volume' ? byVolume(tiers, units) : byTier(tiers, units)
}

/** All units at the price of the tier that their number falls in. */
function byVolume(tiers: readonly Tier[], units: number): TierPart[] {
  const found = tiers.findIndex(({ up_to }) => up_to === null || units <= up_to)
  const nth = found === -1 ? tiers.length - 1 : found
  const tier = tiers[nth]
  return tier ? partsOf(tier, nth + 1, units) : []
}

/** Each unit at the price of the tier that it falls in; a tier's flat amount counts once it is reached. */
function byTier(tiers: readonly Tier[], units: number): TierPart[] {
  const parts: TierPart[] = []
  let before = 0
  for (const [nth, tier] of tiers.entries()) {
    const within = Math.min(units, tier.up_to ?? units) - before
    if (within < 0 || (within === 0 && before > 0)) break
    parts.push(...partsOf(tier, nth + 1, within))
    before = tier.up_to ?? units
  }
  return parts
}

function partsOf(tier: Tier, number: number, units: number): TierPart[] {
  const each = exact(tier.unit_amount_decimal, tier.unit_amount)
  const flat = exact(tier.flat_amount_decimal, tier.flat_amount)
  const perUnit = { tier: number, units, flat: false, each, amount: Math.round(each * units) }
  const asksFlat = tier.flat_amount_decimal !== null || tier.flat_amount !== null
  const atOnce = { tier: number, units: 0, flat: true, each: flat, amount: Math.round(flat) }
  return asksFlat ? [perUnit, atOnce] : [perUnit]
}

function exact(decimal: Stripe.Decimal | null, whole: number | null): number {
  return Number(decimal ?? whole ?? 0)
}
