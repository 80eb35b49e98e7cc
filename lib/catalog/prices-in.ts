import { env } from '@/lib/env'
import type { Money } from '@/lib/money'
import { listSoldPrices, retrieveSoldPrice } from '@/lib/stripe/sold-prices'
import { INTERVALS, type Interval, PAID_PLANS, type PaidTier } from './plans'

/** What each plan is sold for in one currency, as far as it is sold in it. */
export type PricesIn = Partial<Record<PaidTier, Partial<Record<Interval, Money>>>>

/**
 * What Stripe sells the plans for in a currency that is not the catalog's, by the prices' own options.
 * @param currency as Stripe writes it, such as `eur`
 * @throws {Unavailable} Stripe does not answer
 */
export async function pricesIn(currency: string): Promise<PricesIn> {
  const wanted = PAID_PLANS.flatMap(({ tier, lookupKeys }) =>
    INTERVALS.map((interval) => {
      return {
        tier,
        interval,
        id: env().stripe.prices[tier]?.[interval],
        key: lookupKeys[interval],
      }
    }),
  )
  // Stripe takes ten keys at most, which are five plans.
  const keys = wanted.flatMap(({ id, key }) => (id ? [] : [key]))
  const [byKey, byId] = await Promise.all([
    keys.length > 0 ? listSoldPrices(keys) : [],
    Promise.all(wanted.flatMap(({ id }) => (id ? [retrieveSoldPrice(id)] : []))),
  ])
  const found: PricesIn = {}
  for (const { tier, interval, id, key } of wanted) {
    const price = id
      ? byId.find((each) => each.id === id)
      : byKey.find(({ lookupKey }) => lookupKey === key)
    const amount = price?.amounts.find((each) => each.currency === currency)
    if (amount) found[tier] = { ...found[tier], [interval]: amount }
  }
  return found
}
