import { apiRateOf } from '@/lib/catalog/api-rate'
import type { Tier } from '@/lib/catalog/plans'
import { RateLimited } from '@/lib/errors'
import { countRate, type RateRule } from '@/lib/redis/rate-limit'

/** How a key stands in its minute, the request that was just counted included. */
export type Quota = {
  limit: number
  windowSeconds: number
  remaining: number
  resetSeconds: number
}

const WINDOW_SECONDS = 60

/**
 * Counts one request of a key against its plan's rate, over all processes together. While Redis is away each
 * process counts by itself: of n processes, at most n times the limit pass, and never an unlimited number.
 */
export async function countKeyRequest(keyId: string, tier: Tier): Promise<Quota> {
  const rate = { limit: apiRateOf(tier), windowSeconds: WINDOW_SECONDS }
  const rule: RateRule = { name: 'api_key', key: keyId, ...rate, whenDown: 'refuse' }
  // Counted here or there: null is for rules that let everything through without Redis.
  const { count, secondsLeft } = (await countRate(rule)) ?? {
    count: 1,
    secondsLeft: WINDOW_SECONDS,
  }
  return {
    ...rate,
    // Below zero is over the limit.
    remaining: rate.limit - count,
    resetSeconds: Math.max(1, secondsLeft),
  }
}

/** @throws {RateLimited} the request is one too many */
export function requireQuota({ remaining, resetSeconds }: Quota): void {
  if (remaining < 0) throw new RateLimited('too_many_tries', resetSeconds)
}
