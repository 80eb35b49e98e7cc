import type { UsageRules } from '@/db/queries/usage'
import { ALL_PLANS } from '@/lib/catalog/plans'
import { USAGE_POLICY } from '@/lib/catalog/usage-policy'

/** What the catalog says of counting. */
export const USAGE_RULES: UsageRules = {
  limits: Object.fromEntries(ALL_PLANS.map(({ tier, monthlyUses }) => [tier, monthlyUses])),
  period: USAGE_POLICY.usagePeriod,
  credits: USAGE_POLICY.credits,
  meter: USAGE_POLICY.meter,
  overage: Object.fromEntries(ALL_PLANS.map(({ tier, overage }) => [tier, overage ?? 'block'])),
}
