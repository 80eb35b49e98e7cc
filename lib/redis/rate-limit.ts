import 'server-only'
import { createHash } from 'node:crypto'
import { type Store, store } from './client'
import { LocalWindows } from './local-windows'
import { ofStore } from './of-store'
import { UsedUp } from './used-up'

export type RateRule = {
  /** What is limited, such as `checkout.start`. */
  name: string
  /** What is limited: a user id, an address, an email. Only its digest leaves this process. */
  key: string
  /** How many a window lets through. */
  limit: number
  windowSeconds: number
  /**
   * Without Redis, `allow` lets everything through, uncounted: for reads. `refuse` goes by what
   * this process has counted, and refuses above the limit: for what costs money or sends mail.
   * With n processes that lets through at most n times the limit, never an unlimited number.
   */
  whenDown: 'allow' | 'refuse'
}

/** How many came in the window that is open, this request included, and how long it lasts yet. */
export type RateCount = { count: number; secondsLeft: number }

export type RateDecision = { allowed: true } | { allowed: false; retryAfterSeconds: number }

/**
 * Counts one request and says whether it may pass. A window opens at the first request and lasts
 * `windowSeconds`; refused requests never prolong it, and once Redis has refused one the rest of the window
 * costs it nothing. Never throws.
 */
export async function limitRate(rule: RateRule, redis: Store = store()): Promise<RateDecision> {
  const counted = await countRate(rule, redis)
  return counted ? decide(rule, counted) : { allowed: true }
}

/** Counts one request; null when it was not counted, which is so without Redis where the rule says `allow`. */
export async function countRate(rule: RateRule, redis: Store = store()): Promise<RateCount | null> {
  const key = windowKey(rule)
  const now = performance.now()
  const known = usedUp(redis).secondsLeft(key, now)
  if (known !== null) return { count: rule.limit + 1, secondsLeft: known }
  // Counted here even while Redis answers, so that its going down does not start from zero.
  const local = rule.whenDown === 'refuse' ? windows.hit(key, rule.windowSeconds, now) : null
  const answer = await redis.ask((client) =>
    client.multi().incr(key).expire(key, rule.windowSeconds, 'NX').ttl(key).exec(),
  )
  if (!answer.ok) return local
  const counted = { count: answer.value[0], secondsLeft: answer.value[2] }
  const decision = decide(rule, counted)
  if (!decision.allowed) usedUp(redis).note(key, decision.retryAfterSeconds, performance.now())
  return counted
}

const windows = new LocalWindows()
const usedUp = ofStore(() => new UsedUp())

function decide(rule: RateRule, { count, secondsLeft }: RateCount): RateDecision {
  if (count <= rule.limit) return { allowed: true }
  // Redis rounds the last half second to 0, which would ask for a retry at once.
  return { allowed: false, retryAfterSeconds: Math.max(1, secondsLeft) }
}

function windowKey({ name, key }: RateRule): string {
  return `rate:${name}:${createHash('sha256').update(key).digest('base64url')}`
}
