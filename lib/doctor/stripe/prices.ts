import { CREDIT_PACKS } from '@/lib/catalog/credit-packs'
import { INTERVALS, type Interval, PAID_TIERS, type PaidTier, PLANS } from '@/lib/catalog/plans'
import { tierForPrice } from '@/lib/catalog/tier-for-price'
import { type Check, fail, ok } from '@/lib/doctor/check'
import type { Env } from '@/lib/env'
import type { PriceId } from '@/lib/ids'
import { findPricesByLookupKeys, listPricesOf } from '@/lib/stripe/prices'

/** Whether every plan can be bought at every interval, and every pack of credits. */
export const prices: Check = {
  id: 'prices',
  title: 'A price for each plan',
  group: 'Stripe',
  after: 'stripe',
  needs: 'places',
  async look({ env }) {
    const sold = PAID_TIERS.flatMap((tier) => INTERVALS.map((interval) => ({ tier, interval })))
    const asked = [
      ...sold.map((one) => problemOf(one, env)),
      ...CREDIT_PACKS.map(({ lookupKey }) => problemOfKey(lookupKey)),
    ]
    const problems = (await Promise.all(asked)).flat()
    return problems.length === 0
      ? ok(`${asked.length} found`)
      : fail(
          problems.join('; '),
          'Run `npm run stripe:push`, or correct the STRIPE_PRICE_… that fixes it.',
        )
  },
}

async function problemOf(
  { tier, interval }: { tier: PaidTier; interval: Interval },
  env: Env,
): Promise<string[]> {
  const fixed = env.stripe.prices[tier]?.[interval]
  if (fixed) return problemOfFixed(fixed, tier)
  return problemOfKey(PLANS[tier].lookupKeys[interval])
}

async function problemOfKey(key: string): Promise<string[]> {
  const [held] = await findPricesByLookupKeys([key])
  return held ? [] : [`no active price holds ${key}`]
}

async function problemOfFixed(id: PriceId, tier: PaidTier): Promise<string[]> {
  const [held] = await listPricesOf({ kind: 'price', id })
  if (!held) return [`Stripe has no ${id}`]
  // What it says of itself, without what we say of it; one that says nothing is what it was fixed as.
  const worth = tierForPrice(held, {})
  return worth === null || worth === tier
    ? []
    : [`${id} is ${worth} by its own words, and not ${tier}`]
}
