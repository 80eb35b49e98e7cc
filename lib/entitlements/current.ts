import { ACCESS_POLICY, type AccessPolicy } from '@/lib/catalog/access-policy'
import { FREE } from '@/lib/catalog/plans'
import type { SubscriptionId } from '@/lib/ids'
import type { ShownStatus } from '@/lib/status'
import type { Access } from './access'
import { deriveEntitlement } from './derive'
import { type Entitlement, grants } from './entitlement'
import { type Candidate, parseTier } from './governing'
import { type Override, withDetails } from './overridden'

/** What our records say of a workspace's access. */
export type Records = {
  /** Null: nothing was ever bought or granted. */
  entitlement: Stored | null
  overrides: readonly Override[]
  subscriptions: readonly Candidate[]
}

type Stored = {
  tier: string
  earnedTier: string
  status: ShownStatus
  access: Access
  subscriptionId: SubscriptionId | null
  validUntil: Date | null
  reason: string
}

/**
 * What a workspace may use at `now`, business time. Access is a lease: while it lasts the stored plan is
 * believed, and what that plan gives is read from today's catalog and the overrides. Once it has run out,
 * access is worked out anew from what we know, so that a signal that never came grants nothing for ever.
 */
export function currentEntitlement(
  { entitlement: stored, overrides, subscriptions }: Records,
  now: Date,
  policy: AccessPolicy = ACCESS_POLICY,
): Entitlement {
  const derive = (all: readonly Candidate[]) =>
    deriveEntitlement({ subscriptions: all, overrides, previous: stored, now, policy }).entitlement
  // A subscription that no sync has decided about grants nothing yet.
  if (!stored) return derive([])
  if (hasLapsed(stored, now)) return derive(subscriptions)
  const { status, access, subscriptionId, validUntil, reason } = stored
  const given = {
    ...grants(parseTier(stored.tier) ?? FREE.tier),
    earnedTier: parseTier(stored.earnedTier) ?? FREE.tier,
    ...{ status, access, subscriptionId, validUntil, reason },
  }
  // What the overrides add to the reason stands in the stored one.
  return { ...withDetails(given, overrides, now), reason }
}

/** Whether a lease has run out: its answer may not be believed any more. */
export function hasLapsed({ validUntil }: { validUntil: Date | null }, now: Date): boolean {
  return validUntil !== null && validUntil <= now
}
