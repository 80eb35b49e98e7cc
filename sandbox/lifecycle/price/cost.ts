import type Stripe from 'stripe'

/** The amounts of a price in one currency. */
export interface Rates {
  unit_amount: number | null
  /** As text, where a unit costs a fraction of a minor unit. */
  unit_amount_decimal: string | null
  tiers: readonly Tier[] | null
}

type Tier = Pick<Stripe.Price.Tier, 'flat_amount' | 'unit_amount' | 'up_to'>

/** What so many units of a price cost in a currency, in integer minor units. */
export function costOf(
  price: Readonly<Stripe.Price>,
  quantity: number,
  currency: string = price.currency,
): number {
  const { tiers, unit_amount, unit_amount_decimal } = ratesIn(price, currency)
  const units = unitsOf(price, quantity)
  if (price.billing_scheme === 'tiered')
    return price.tiers_mode === 'volume' ? byVolume(tiers ?? [], units) : byTier(tiers ?? [], units)
  if (unit_amount !== null) return unit_amount * units
  return Math.round(Number(unit_amount_decimal ?? 0) * units)
}

/** The amounts that hold in a currency; the price's own where it has no others. */
export function ratesIn(price: Readonly<Stripe.Price>, currency: string): Rates {
  const option = currency === price.currency ? undefined : price.currency_options?.[currency]
  const from = option ?? price
  return {
    unit_amount: from.unit_amount,
    unit_amount_decimal:
      from.unit_amount_decimal === null ? null : String(from.unit_amount_decimal),
    tiers: from.tiers ?? null,
  }
}

/** Whether a price can be paid in a currency. */
export function isSoldIn(price: Readonly<Stripe.Price>, currency: string): boolean {
  return price.currency === currency || price.currency_options?.[currency] !== undefined
}

/** Whether its use is counted first and paid for afterwards. */
export function isMetered({ recurring }: Readonly<Stripe.Price>): boolean {
  return recurring?.usage_type === 'metered'
}

function unitsOf({ transform_quantity: packs }: Readonly<Stripe.Price>, quantity: number): number {
  if (!packs) return quantity
  const exact = quantity / packs.divide_by
  return packs.round === 'up' ? Math.ceil(exact) : Math.floor(exact)
}

/** All units at the price of the tier that their number falls in. */
function byVolume(tiers: readonly Tier[], units: number): number {
  const tier = tiers.find(({ up_to }) => up_to === null || units <= up_to) ?? tiers.at(-1)
  return (tier?.flat_amount ?? 0) + (tier?.unit_amount ?? 0) * units
}

/** Each unit at the price of the tier that it falls in; a tier's flat amount counts once it is reached. */
function byTier(tiers: readonly Tier[], units: number): number {
  let sum = 0
  let before = 0
  for (const { flat_amount, unit_amount, up_to } of tiers) {
    const within = Math.min(units, up_to ?? units) - before
    if (within < 0 || (within === 0 && before > 0)) break
    sum += (flat_amount ?? 0) + (unit_amount ?? 0) * within
    before = up_to ?? units
  }
  return sum
}
