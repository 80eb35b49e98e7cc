import type Stripe from 'stripe'
import { ratesIn } from './rates'
import { tierParts } from './tier-parts'

/** What so many units of a price cost in a currency, in integer minor units. */
export function costOf(
  price: Readonly<Stripe.Price>,
  quantity: number,
  currency: string = price.currency,
): number {
  const parts = tierParts(price, quantity, currency)
  if (parts) return parts.reduce((sum, { amount }) => sum + amount, 0)
  const { unit_amount, unit_amount_decimal } = ratesIn(price, currency)
  const units = unitsOf(price, quantity)
  if (unit_amount !== null) return unit_amount * units
  return Math.round(Number(unit_amount_decimal ?? 0) * units)
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
