import type Stripe from 'stripe'

/** A decimal as it travels: the SDK's types say Decimal, JSON carries text, and so does the store. */
export function decimal(value: number): Stripe.Decimal {
  return String(value) as unknown as Stripe.Decimal
}
