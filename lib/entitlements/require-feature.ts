import type { Feature } from '@/lib/catalog/features'
import { planWithFeature } from '@/lib/catalog/plan-with-feature'
import { PLANS, type Plan } from '@/lib/catalog/plans'
import { Forbidden, PlanRequired } from '@/lib/errors'
import type { WorkspaceId } from '@/lib/ids'
import { allows, type Entitlements } from './answer'
import { entitlements } from './read'

/**
 * Lets a workspace pass that may use a feature now, and refuses every other.
 * @returns all that the workspace may use
 * @throws {PlanRequired} 402: it may not; the error names the plan that allows it: their own, once it is paid
 * for, or the least one that has the feature
 * @throws {Forbidden} 403: no payment would help: an operator withholds it, or no plan has it
 * @throws {Unavailable} Postgres does not answer, and it is not known that it may
 */
export async function requireFeature(
  workspaceId: WorkspaceId,
  feature: Feature,
): Promise<Entitlements> {
  const current = await entitlements(workspaceId)
  demand(current, feature)
  return current
}

/** The same of entitlements that are known already. */
export function demand(current: Entitlements, feature: Feature): void {
  if (allows(current, feature)) return
  if (current.withheld.includes(feature)) throw new Forbidden('feature_withheld')
  const own = current.plan && PLANS[current.plan]
  if (own?.features.includes(feature)) throw new PlanRequired('plan_not_active', needs(own))
  const plan = planWithFeature(feature)
  if (!plan) throw new Forbidden('feature_not_sold')
  throw new PlanRequired('plan_required', needs(plan))

  function needs({ tier, name }: Plan) {
    return { feature, plan: tier, planName: name }
  }
}
