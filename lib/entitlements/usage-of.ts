import type { BillingRows } from '@/db/queries/billing'
import { FREE } from '@/lib/catalog/plans'
import { USAGE_POLICY, type UsagePolicy } from '@/lib/catalog/usage-policy'
import type { SubscriptionId } from '@/lib/ids'
import type { Access } from './access'
import { type UsagePeriod, usagePeriod } from './usage-period'

/** What was used of a period's limit, and when the next begins. */
export type Usage = { used: number; limit: number; resetsAt: Date }

type PlanState = {
  access: Access
  subscriptionId: SubscriptionId | null
  limits: { monthlyUses: number }
}

/** The usage of the period at `now`, by what stands; null stands for who never bought. */
export function usageOf(
  { subscriptions, counters }: Pick<BillingRows, 'subscriptions' | 'counters'>,
  stands: PlanState | null,
  now: Date,
  policy: UsagePolicy = USAGE_POLICY,
): Usage {
  const { start, end } = usagePeriodOf(subscriptions, stands, now, policy)
  const counter = counters.find(({ periodStart }) => +periodStart === +start)
  return {
    used: counter?.used ?? 0,
    limit: stands?.limits.monthlyUses ?? FREE.monthlyUses,
    resetsAt: end,
  }
}

/** The usage period at `now`, by what stands. */
export function usagePeriodOf(
  subscriptions: BillingRows['subscriptions'],
  stands: PlanState | null,
  now: Date,
  policy: UsagePolicy = USAGE_POLICY,
): UsagePeriod {
  const own = policy.usagePeriod === 'subscription' ? ownPeriod(subscriptions, stands) : null
  return usagePeriod(now, own)
}

// A month's limit follows periods of whole months; in a week's it would be given four times.
function ownPeriod(
  subscriptions: BillingRows['subscriptions'],
  stands: PlanState | null,
): UsagePeriod | null {
  if (!stands || stands.access === 'none') return null
  const governing = subscriptions.find(({ id }) => id === stands.subscriptionId)
  const { interval, currentPeriodStart: start, currentPeriodEnd: end } = governing ?? {}
  if (!start || !end || (interval !== 'month' && interval !== 'year')) return null
  return { start, end }
}
