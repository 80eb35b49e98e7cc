import { planWithMoreUses } from '@/lib/catalog/plan-with-more-uses'
import { entitlements } from '@/lib/entitlements/read'
import { Forbidden, PlanRequired } from '@/lib/errors'
import type { WorkspaceId } from '@/lib/ids'

/** What a verb throws for which no use is left: it names the least plan that has more, where one has. */
export async function limitReached(workspaceId: WorkspaceId): Promise<PlanRequired | Forbidden> {
  const { tier } = await entitlements(workspaceId)
  const plan = planWithMoreUses(tier)
  if (!plan) return new Forbidden('uses_used_up')
  return new PlanRequired('limit_reached', {
    feature: 'monthlyUses',
    plan: plan.tier,
    planName: plan.name,
  })
}
