import { INTERVALS, type Interval, PAID_TIERS, type PaidTier } from '@/lib/catalog/plans'
import type { Given } from './env-given'
import { twins } from './env-twins'
import type { PriceId } from './ids'

const PREFIX = 'STRIPE_PRICE_'

/** One for each plan and interval of the catalog. */
export const PRICE_VARIABLES: readonly string[] = PAID_TIERS.flatMap((tier) =>
  INTERVALS.map((interval) => priceVariable(tier, interval)),
)

/** The prices that are fixed; what is left out is found by its lookup key. */
export function fixedPrices(v: Given) {
  const prices: Partial<Record<PaidTier, Partial<Record<Interval, PriceId>>>> = {}
  for (const tier of PAID_TIERS)
    for (const interval of INTERVALS) {
      const id = v[priceVariable(tier, interval)]
      if (isPriceId(id)) prices[tier] = { ...prices[tier], [interval]: id }
    }
  return prices
}

/** What is wrong with those that were given: a sentence each. */
export function priceProblems(v: Given): string[] {
  const given = Object.keys(v).filter((name) => name.startsWith(PREFIX))
  const known = given.filter((name) => PRICE_VARIABLES.includes(name))
  return [
    ...given
      .filter((name) => !known.includes(name))
      .map((name) => `${name} is no plan of the catalog. Known are ${PRICE_VARIABLES.join(', ')}.`),
    ...known
      .filter((name) => !isPriceId(v[name]))
      .map((name) => `${name} must be a price_… id, or be removed.`),
    ...twins(v, PRICE_VARIABLES).map(
      ([a, b]) => `${a} and ${b} are one price: each plan and interval needs its own.`,
    ),
  ]
}

// `STRIPE_PRICE_PRO` is Pro by the month, `STRIPE_PRICE_PRO_YEARLY` by the year.
function priceVariable(tier: PaidTier, interval: Interval): string {
  return `${PREFIX}${tier.toUpperCase()}${interval === 'year' ? '_YEARLY' : ''}`
}

function isPriceId(value: string | undefined): value is PriceId {
  return /^price_./.test(value ?? '')
}
