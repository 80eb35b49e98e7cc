import type Stripe from 'stripe'
import type { Random } from '@/tests/simulation/random'

/** A price in a currency, with tax in it or on top. */
export function somePrice(
  stripe: Stripe,
  random: Random,
  currency: string,
  interval: 'month' | 'year' = random.chance(0.75) ? 'month' : 'year',
) {
  return stripe.prices.create({
    product_data: { name: 'Plan' },
    currency,
    unit_amount: random.between(50, 5_000) * 10,
    recurring: { interval },
    tax_behavior: random.pick(['exclusive', 'exclusive', 'inclusive']),
  })
}
