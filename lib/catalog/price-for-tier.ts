import { env } from '@/lib/env'
import type { PriceId } from '@/lib/ids'
import { findPricesByLookupKeys } from '@/lib/stripe/prices'
import { type Interval, isPaidTier, type PaidTier, PLANS } from './plans'

/**
 * The price that is sold today for a plan: the configured one, or the one that holds the
 * plan's lookup key at Stripe now: a key that moved is followed at once.
 * @throws {Error} an unknown tier, or Stripe has no such price: run `npm run stripe:push`
 */
export async function priceForTier(tier: PaidTier, interval: Interval): Promise<PriceId> {
  // Types end where a form begins; a wrong word must never fall through to some price.
  if (!isPaidTier(tier)) throw new Error(`There is no price for the tier ${String(tier)}.`)
  return (
    env().stripe.prices[tier]?.[interval] ??
    (await priceForLookupKey(PLANS[tier].lookupKeys[interval]))
  )
}

// Requests at the same time share one call. No answer outlives it.
const asking = new Map<string, Promise<PriceId>>()

/**
 * The price that holds a lookup key at Stripe now.
 * @throws {Error} none does: run `npm run stripe:push`
 */
export function priceForLookupKey(key: string): Promise<PriceId> {
  const known = asking.get(key)
  if (known) return known
  const answer = askFor(key).finally(() => asking.delete(key))
  asking.set(key, answer)
  return answer
}

async function askFor(key: string): Promise<PriceId> {
  const [price] = await findPricesByLookupKeys([key])
  if (!price) throw new Error(`Stripe has no active price ${key}. Run \`npm run stripe:push\`.`)
  return price.id
}
