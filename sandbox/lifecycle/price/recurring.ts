import type Stripe from 'stripe'

/** A price's interval. Prices without one are refused before they get here. */
export function recurring(price: Readonly<Stripe.Price>): Stripe.Price.Recurring {
  if (price.recurring) return price.recurring
  throw new TypeError(`Price ${price.id} does not recur.`)
}
