import { ACCESS_POLICY } from '@/lib/catalog/access-policy'
import { TIERS, type Tier } from '@/lib/catalog/plans'
import type { CustomerId, SubscriptionId } from '@/lib/ids'
import { isTerminal } from '@/lib/status'
import { type Access, accessOf, type PlanState } from './access'

/** What deciding about access needs of a subscription. */
export type Candidate = PlanState & {
  id: SubscriptionId
  customerId: CustomerId
  /** Null: its price is none of ours. */
  tier: string | null
  /** The plan that its money covers while a change of plan is not paid. Null: unknown, or no such change. */
  coveredTier: string | null
  priceId: string | null
  stripeCreatedAt: Date
}

/**
 * The subscription that speaks for a customer: the best of those that allow something, or else
 * the one a person would ask about. Never "the one the last event touched": the end of an old
 * subscription must not downgrade a new one.
 */
export function governingSubscription<S extends Candidate>(
  all: readonly S[],
  now: Date,
  policy = ACCESS_POLICY,
): S | null {
  const sorted = [...all].sort(
    (a, b) =>
      accessRank(accessOf(b, now, policy)) - accessRank(accessOf(a, now, policy)) ||
      tierRank(grantedTier(b)) - tierRank(grantedTier(a)) ||
      Number(isTerminal(a.status)) - Number(isTerminal(b.status)) ||
      b.stripeCreatedAt.getTime() - a.stripeCreatedAt.getTime() ||
      // Two of the same second: any fixed order will do, as long as every reader finds the same.
      (a.id < b.id ? -1 : 1),
  )
  return sorted[0] ?? null
}

/** The plan that a subscription can give: what its money covers, and never more than what it is for. Null: unknown. */
export function grantedTier({
  tier,
  coveredTier,
  changeUnpaid,
}: Pick<Candidate, 'tier' | 'coveredTier' | 'changeUnpaid'>): Tier | null {
  const current = parseTier(tier)
  if (!changeUnpaid) return current
  const covered = parseTier(coveredTier)
  if (!current || !covered) return null
  return tierRank(covered) < tierRank(current) ? covered : current
}

/** Its place among the plans, from least to most; -1 for a tier that the catalog does not have. */
export function tierRank(tier: string | null): number {
  const known = parseTier(tier)
  return known ? TIERS.indexOf(known) : -1
}

/** A tier as it was stored; null where the catalog does not have it any more. */
export function parseTier(tier: string | null): Tier | null {
  return TIERS.find((known) => known === tier) ?? null
}

function accessRank(access: Access): number {
  // Grace is access: a past-due greater plan still beats a paid smaller one until its day comes.
  return access === 'none' ? 0 : 1
}
