import 'server-only'
import { z } from 'zod'
import type { Feature } from '@/lib/catalog/features'
import { TIERS } from '@/lib/catalog/plans'
import { env } from '@/lib/env'
import { isSubscriptionId, type WorkspaceId } from '@/lib/ids'
import { type Store, store } from '@/lib/redis/client'
import { findVersion, raiseFence, rememberVersion } from '@/lib/redis/fenced'
import { LocalWindows } from '@/lib/redis/local-windows'
import type { ShownStatus } from '@/lib/status'
import type { Entitlements } from './answer'
import { afterRequest } from './memo'
import { isFeature } from './overridden'

/**
 * Seconds of real time that an answer may still say yes without Postgres. Long enough for a failover, and as
 * long as a revoke can stay unseen that was committed in the last moment before, and whose word to Redis was lost.
 */
const LAST_KNOWN_SECONDS = 60

// Each process keeps an answer at most so often: a request does not pay for it.
const KEPT_EVERY_SECONDS = 20

// Two processes, each with a clock of its own.
const SKEW_MS = 5_000

/**
 * Keeps an answer that the records gave, once the request is answered: no request waits for it, and a platform that
 * freezes a process between two requests does not cut it off. Nothing depends on it.
 */
export function rememberAnswer(
  workspaceId: WorkspaceId,
  answer: Entitlements,
  redis: Store = store(),
): void {
  // A no is worth nothing without Postgres: a customer who has paid since would be refused.
  if (answer.features.length === 0) return
  const { count } = kept.hit(
    `${workspaceId}:${answer.fence}`,
    KEPT_EVERY_SECONDS,
    performance.now(),
  )
  if (count > 1) return
  const value = { ...answer, readAt: Date.now() }
  const version = { fence: answer.fence, value }
  afterRequest(() => rememberVersion(of(workspaceId), version, LAST_KNOWN_SECONDS, redis))
}

/** Says that whatever was kept under a lower fence does not hold any more. Call it after the commit. */
export function raiseAccessFence(
  workspaceId: WorkspaceId,
  fence: number,
  redis: Store = store(),
): Promise<void> {
  // As long again: a reader may be slow to keep what it read before.
  return raiseFence(of(workspaceId), fence, 2 * LAST_KNOWN_SECONDS, redis)
}

/**
 * What was last known of a workspace, where that is no older than a minute, has not run out by business time
 * (`now`), and no newer version is known; else null. Never throws.
 */
export async function findLastKnown(
  workspaceId: WorkspaceId,
  now: Date,
  redis: Store = store(),
): Promise<Entitlements | null> {
  const read = Kept.safeParse(await findVersion(of(workspaceId), redis))
  if (!read.success) return null
  const { readAt, ...answer } = read.data
  const age = Date.now() - readAt
  if (age < -SKEW_MS || age > LAST_KNOWN_SECONDS * 1000) return null
  if (answer.validUntil && answer.validUntil <= now) return null
  return { ...answer, source: 'last_known' }
}

const kept = new LocalWindows()

function of(workspaceId: WorkspaceId) {
  return { namespace: env().databaseFingerprint, name: `access:${workspaceId}` }
}

// Another version of this application may have written it: what it does not know, it does not believe.
const Kept = z.object({
  tier: z.enum(TIERS),
  status: z.custom<ShownStatus>((value) => typeof value === 'string'),
  access: z.enum(['full', 'grace', 'none']),
  features: z.array(z.custom<Feature>(isFeature)),
  limits: z.object({ monthlyUses: z.number() }),
  validUntil: z.coerce.date().nullable(),
  reason: z.string(),
  subscriptionId: z.custom<Entitlements['subscriptionId']>(
    (value) => value === null || isSubscriptionId(value),
  ),
  plan: z.enum(TIERS).nullable(),
  withheld: z.array(z.custom<Feature>(isFeature)),
  fence: z.number(),
  readAt: z.number(),
})
