import { env } from '@/lib/env'
import type { PriceId } from '@/lib/ids'
import { findPricesByLookupKeys } from '@/lib/stripe/prices'
import { type Interval, isPaidTier, type PaidTier, PLANS } from './plans'

/**
 * The price that is sold today for a plan: the configured one, or the one that holds the
 * plan's lookup key at Stripe. Remembered for a minute, so that a moved key takes effect soon.
 * @throws {Error} an unknown tier, or Stripe has no such price: run `npm run stripe:push`
 */
export async function priceForTier(tier: PaidTier, interval: Interval): Promise<PriceId> {
  // Types end where a form begins; a wrong word must never fall through to some price.
  if (!isPaidTier(tier)) throw new Error(`There is no price for the tier ${String(tier)}.`)
  return (
    env().stripe.prices[tier][interval] ??
    (await priceForLookupKey(PLANS[tier].lookupKeys[interval]))
  )
}

const REMEMBERED_MS = 60_000
const remembered = new Map<string, { id: PriceId; until: number }>()

async function priceForLookupKey(key: string): Promise<PriceId> {
  const known = remembered.get(key)
  if (known && known.until > Date.now()) return known.id
  const [price] = await findPricesByLookupKeys([key])
  if (!price) throw new Error(`Stripe has no active price ${key}. Run \`npm run stripe:push\`.`)
  remembered.set(key, { id: price.id, until: Date.now() + REMEMBERED_MS })
  return price.id
}
