import { ACCESS_POLICY, type AccessPolicy } from '@/lib/catalog/access-policy'
import { FREE, type Tier } from '@/lib/catalog/plans'
import type { SubscriptionId } from '@/lib/ids'
import { accessOf, allowedUntil } from './access'
import { type Entitlement, grants } from './entitlement'
import {
  type Candidate,
  governingSubscription,
  grantedTier,
  parseTier,
  tierRank,
} from './governing'
import { type Override, overridden } from './overridden'
import { shownStatus } from './shown-status'

export type Inputs = {
  subscriptions: readonly Candidate[]
  overrides: readonly Override[]
  /** What stands now: kept when a price is unknown. */
  previous: { earnedTier: string; subscriptionId: SubscriptionId | null } | null
  now: Date
  policy?: AccessPolicy
}

/**
 * Access as a pure function of all of a customer's subscriptions, the overrides, what stands and now.
 * `unknownPrice` names a price that would grant access and is not in the catalog: what stands is then
 * kept (never widened, never taken away), and the caller raises an alert and tries again.
 */
export function deriveEntitlement(inputs: Inputs): {
  entitlement: Entitlement
  unknownPrice: string | null
} {
  const { subscriptions, now, previous, policy = ACCESS_POLICY } = inputs
  const at = { now, policy }
  const known = governingSubscription(
    subscriptions.filter((each) => grantedTier(each) !== null),
    now,
    policy,
  )
  const unknown = subscriptions
    .filter((each) => grantedTier(each) === null && accessOf(each, now, policy) !== 'none')
    .toSorted((a, b) => (a.id < b.id ? -1 : 1))
  const unknownPrice = unknown.find(({ id }) => id === previous?.subscriptionId) ?? unknown[0]
  const grants = known && accessOf(known, now, policy) !== 'none'
  const governing = grants
    ? known
    : (unknownPrice ?? governingSubscription(subscriptions, now, policy))
  const earned = governing ? earnedBy(governing, at) : NEVER_BOUGHT
  // Only what this very subscription gave before its price changed: it never lends to another.
  const kept =
    unknownPrice &&
    previous?.subscriptionId === unknownPrice.id &&
    tierRank(previous.earnedTier) > 0
      ? asItStands(previous, unknownPrice, at)
      : earned
  const keeps = tierRank(kept.tier) > tierRank(earned.tier) || earned.access === 'none'
  const best = keeps ? kept : earned
  return {
    entitlement: overridden(best, inputs.overrides, now),
    unknownPrice: unknown[0] ? nameOf(unknown[0]) : null,
  }
}

// A subscription without items has no price to name; it is no less unknown.
function nameOf(unknownPrice: Candidate): string {
  return unknownPrice.priceId ?? `the price of ${unknownPrice.id}`
}

const NEVER_BOUGHT: Entitlement = {
  ...earns(FREE.tier),
  status: 'none',
  access: 'none',
  subscriptionId: null,
  validUntil: null,
  reason: 'Never subscribed.',
}

type At = { now: Date; policy: AccessPolicy }

function earnedBy(subscription: Candidate, { now, policy }: At): Entitlement {
  const plan = grantedTier(subscription)
  // A quantity of none is for nothing: there is no access to speak of.
  const access = plan && plan !== FREE.tier ? accessOf(subscription, now, policy) : 'none'
  const tier = access !== 'none' && plan ? plan : FREE.tier
  return {
    ...earns(tier),
    status: shownStatus(subscription, now, policy),
    access,
    subscriptionId: subscription.id,
    validUntil: access === 'none' ? null : validUntil(subscription, policy),
    reason: `${subscription.id} is ${subscription.status} on ${subscription.priceId ?? 'no price'}${moneyText(subscription)}.`,
  }
}

function moneyText({ payment, owes, changeUnpaid, collectionPaused }: Candidate): string {
  return [
    owes && `, its ${owes} payment ${payment}`,
    !owes && payment !== 'settled' && `, its payment ${payment}`,
    changeUnpaid && ', its change not paid',
    collectionPaused && ', collection paused',
  ]
    .filter(Boolean)
    .join('')
}

function validUntil(subscription: Candidate, policy: AccessPolicy): Date | null {
  const until = allowedUntil(subscription, policy)
  return until === 'open_end' ? null : until
}

function asItStands(
  { earnedTier }: NonNullable<Inputs['previous']>,
  unknownPrice: Candidate,
  { now, policy }: At,
): Entitlement {
  const current = parseTier(earnedTier) ?? FREE.tier
  return {
    ...earns(current),
    access: accessOf(unknownPrice, now, policy),
    status: shownStatus(unknownPrice, now, policy),
    subscriptionId: unknownPrice.id,
    validUntil: validUntil(unknownPrice, policy),
    reason: `Kept: ${unknownPrice.id} is ${unknownPrice.status} on ${unknownPrice.priceId ?? 'no price'}, which the catalog does not know.`,
  }
}

function earns(tier: Tier) {
  return { ...grants(tier), earnedTier: tier }
}
