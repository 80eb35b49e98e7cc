import type { UsageRules } from '@/db/queries/usage'
import { ALL_PLANS, FREE } from '@/lib/catalog/plans'
import { USAGE_POLICY } from '@/lib/catalog/usage-policy'

/** What the catalog says of counting. */
export const USAGE_RULES: UsageRules = {
  free: FREE.monthlyUses,
  period: USAGE_POLICY.usagePeriod,
  credits: USAGE_POLICY.credits,
  meter: USAGE_POLICY.meter,
  overage: Object.fromEntries(ALL_PLANS.map(({ tier, overage }) => [tier, overage ?? 'block'])),
}
