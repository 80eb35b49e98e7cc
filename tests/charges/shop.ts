import type Stripe from 'stripe'
import { INTERVALS, type Interval, PAID_PLANS, type PaidTier } from '@/lib/catalog/plans'
import type { Random } from '@/tests/simulation/random'

/** What is sold in one life: each plan by the month and by the year, in its one currency. */
export type Shop = {
  currency: string
  prices: readonly [Sold, ...Sold[]]
  older: readonly [Stripe.Price, ...Stripe.Price[]]
}

type Sold = { tier: PaidTier; interval: Interval; price: Stripe.Price }

// KWD is charged in tens of its thousandths; JPY has none.
const CURRENCIES = ['usd', 'eur', 'jpy', 'kwd'] as const

// What was sold once, and is kept by those who have it.
const OLDER = [
  { interval: 'month', interval_count: 3 },
  { interval: 'week', interval_count: 2 },
  { interval: 'month', interval_count: 6 },
] as const

/** Sells the catalog's plans at amounts of chance, with tax in them or on top. */
export async function openShop(stripe: Stripe, random: Random): Promise<Shop> {
  const currency = random.pick(CURRENCIES)
  const prices: Sold[] = []
  const older: Stripe.Price[] = []
  for (const { tier, name, lookupKeys } of PAID_PLANS) {
    const product = await stripe.products.create({ name, metadata: { tier } })
    const behavior = random.pick(['exclusive', 'exclusive', 'inclusive'])
    for (const interval of INTERVALS) {
      const price = await stripe.prices.create({
        ...{ product: product.id, currency, tax_behavior: behavior },
        unit_amount: random.between(50, 5_000) * 10,
        recurring: { interval },
        lookup_key: lookupKeys[interval],
      })
      prices.push({ tier, interval, price })
    }
    for (const recurring of OLDER) {
      older.push(
        await stripe.prices.create({
          ...{ product: product.id, currency, tax_behavior: behavior, recurring },
          unit_amount: random.between(50, 5_000) * 10,
        }),
      )
    }
  }
  const [first, ...others] = prices
  const [old, ...elder] = older
  if (!first || !old) throw new Error('Nothing is sold.')
  return { currency, prices: [first, ...others], older: [old, ...elder] }
}
