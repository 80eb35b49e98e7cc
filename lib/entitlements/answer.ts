import type { AccessRows } from '@/db/queries/access'
import type { Feature } from '@/lib/catalog/features'
import type { Tier } from '@/lib/catalog/plans'
import { Unavailable } from '@/lib/errors'
import { isTerminal } from '@/lib/status'
import { currentEntitlement } from './current'
import type { Entitlement } from './entitlement'
import { grantedTier } from './governing'
import { withheldFeatures } from './overridden'

/** What a workspace may use now. */
export type Entitlements = Pick<
  Entitlement,
  'tier' | 'status' | 'access' | 'features' | 'limits' | 'validUntil' | 'reason' | 'subscriptionId'
> & {
  /**
   * What is subscribed to, also while it allows nothing; null where there is no living
   * subscription, or its price is unknown.
   */
  plan: Tier | null
  /** Features that an operator took away: no payment brings them back before the end of that. */
  withheld: Feature[]
  /** Which version of the records says so; 0: there are none, and what is free applies. */
  fence: number
  /** `last_known`: Postgres does not answer. It says yes where it says yes; its no is not known to be true. */
  source: 'records' | 'last_known'
}

/** What these rows say at `now`. */
export function answerOf(rows: AccessRows, now: Date): Entitlements {
  const { earnedTier: _, ...current } = currentEntitlement(rows, now)
  return {
    ...current,
    plan: planOf(rows, current),
    withheld: withheldFeatures(rows.overrides, now),
    fence: rows.entitlement?.fence ?? 0,
    source: 'records',
  }
}

function planOf(
  { subscriptions }: AccessRows,
  { subscriptionId }: Pick<Entitlement, 'subscriptionId'>,
): Tier | null {
  const governing = subscriptions.find(({ id }) => id === subscriptionId)
  return governing && !isTerminal(governing.status) ? grantedTier(governing) : null
}

/**
 * Whether these entitlements have a feature.
 * @throws {Unavailable} they are what was last known, and do not have it: a customer who has paid since is not refused
 */
export function allows({ features, source }: Entitlements, feature: Feature): boolean {
  if (features.includes(feature)) return true
  if (source === 'last_known') throw new Unavailable('records_away')
  return false
}
