import { PAID_PLANS, type PaidPlan, PLANS, TIERS, type Tier } from './plans'

/** The least of the greater plans that allows more uses a month; null where none does. */
export function planWithMoreUses(tier: Tier): PaidPlan | null {
  const greater = PAID_PLANS.filter((plan) => TIERS.indexOf(plan.tier) > TIERS.indexOf(tier))
  return greater.find(({ monthlyUses }) => monthlyUses > PLANS[tier].monthlyUses) ?? null
}
