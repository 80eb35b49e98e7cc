import type { Feature } from './features'
import { PAID_PLANS, type PaidPlan } from './plans'

/** The least of the plans that are sold with a feature; null where none is. */
export function planWithFeature(feature: Feature): PaidPlan | null {
  return PAID_PLANS.find(({ features }) => features.includes(feature)) ?? null
}
