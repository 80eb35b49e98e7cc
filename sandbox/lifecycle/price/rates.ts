import type Stripe from 'stripe'

/** The amounts of a price in one currency. */
export interface Rates {
  unit_amount: number | null
  /** As text, where a unit costs a fraction of a minor unit. */
  unit_amount_decimal: string | null
  tiers: readonly Readonly<Stripe.Price.Tier>[] | null
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
