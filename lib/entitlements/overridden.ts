import type { OverrideKind } from '@/db/schema/billing'
import { FEATURES, type Feature } from '@/lib/catalog/features'
import { FREE } from '@/lib/catalog/plans'
import { type Entitlement, grants, type Limits } from './entitlement'
import { parseTier, tierRank } from './governing'

/** What an operator decided by hand. `name`: which feature or limit; empty for the plan. */
export type Override = {
  kind: OverrideKind
  name: string
  effect: 'grant' | 'withhold'
  tier: string | null
  amount: number | null
  reason: string
  expiresAt: Date
  revokedAt: Date | null
}

/** Those that decide something at `now`. */
export function inForce<O extends Override>(overrides: readonly O[], now: Date): O[] {
  return overrides.filter(({ revokedAt, expiresAt }) => !revokedAt && expiresAt > now)
}

/**
 * What is left of an entitlement, and what is added, by what operators decided. A plan that is granted
 * only ever lifts, and one that is withheld leaves what is free.
 */
export function overridden(
  earned: Entitlement,
  overrides: readonly Override[],
  now: Date,
): Entitlement {
  return withDetails(withPlan(earned, inForce(overrides, now)), overrides, now)
}

/** The features and limits alone, on top of what the plan gives. */
export function withDetails(
  given: Entitlement,
  overrides: readonly Override[],
  now: Date,
): Entitlement {
  // In any order the same: each is about a thing of its own.
  return inForce(overrides, now).reduce(withDetail, given)
}

/** The features that no payment brings back while an override stands. */
export function withheldFeatures(overrides: readonly Override[], now: Date): Feature[] {
  const withheld = inForce(overrides, now).filter(({ effect }) => effect === 'withhold')
  const all = withheld.some(({ kind }) => kind === 'plan')
  return ALL_FEATURES.filter((feature) => all || withheld.some(({ name }) => name === feature))
}

/** Whether a text names something that the catalog sells. */
export function isFeature(name: unknown): name is Feature {
  return ALL_FEATURES.some((feature) => feature === name)
}

/** Whether a text names one of the limits that a plan has. */
function isLimit(name: unknown): name is keyof Limits {
  return name === 'monthlyUses'
}

// The keys of a literal object are exactly its type's.
const ALL_FEATURES = Object.keys(FEATURES) as Feature[]

function withPlan(earned: Entitlement, current: readonly Override[]): Entitlement {
  const [best] = current
    .filter(({ kind }) => kind === 'plan')
    .toSorted(
      (a, b) =>
        Number(b.effect === 'withhold') - Number(a.effect === 'withhold') ||
        tierRank(b.tier) - tierRank(a.tier) ||
        b.expiresAt.getTime() - a.expiresAt.getTime(),
    )
  const withholds = best?.effect === 'withhold'
  const tier = withholds ? FREE.tier : parseTier(best?.tier ?? null)
  if (!best || !tier) return earned
  const rises = tierRank(tier) > tierRank(earned.tier)
  if (withholds ? tier === earned.tier : !rises) return earned
  return {
    ...earned,
    ...grants(tier),
    access: withholds ? 'none' : 'full',
    validUntil: best.expiresAt,
    reason: textOf(best),
  }
}

// Only what makes a difference shortens the answer's life.
function withDetail(given: Entitlement, override: Override): Entitlement {
  const { kind, name, effect, amount, expiresAt } = override
  const { features, limits } = given
  const until = {
    validUntil: given.validUntil && given.validUntil < expiresAt ? given.validUntil : expiresAt,
    reason: `${given.reason} ${textOf(override)}`,
  }
  if (kind === 'feature' && isFeature(name) && features.includes(name) !== (effect === 'grant')) {
    const rest = features.filter((feature) => feature !== name)
    return { ...given, ...until, features: effect === 'grant' ? [...rest, name] : rest }
  }
  if (kind === 'limit' && amount !== null && isLimit(name) && limits[name] !== amount)
    return { ...given, ...until, limits: { ...limits, [name]: amount } }
  return given
}

function textOf({ name, effect, expiresAt, reason }: Override): string {
  const what = name && ` of ${name}`
  const how = effect === 'withhold' ? ', withheld' : ''
  return `Override${what}${how} until ${expiresAt.toISOString()}: ${reason}`
}
