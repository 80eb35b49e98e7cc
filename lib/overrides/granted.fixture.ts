import type { PaidTier } from '@/lib/catalog/plans'
import type { WorkspaceId } from '@/lib/ids'
import { grantOverride } from './grant'
import { revokeOverride } from './revoke'

const JOB = { type: 'system', job: 'test' } as const
const WHY = { reason: 'For a test.' }

/** Gives a workspace a plan by hand, until the function that is returned ends it. */
export async function grantPlan(
  workspaceId: WorkspaceId,
  tier: PaidTier,
): Promise<() => Promise<void>> {
  // Years: a shop's clock is ahead of the world's.
  const until = new Date(Date.now() + 3_650 * 86_400_000)
  await grantOverride(JOB, workspaceId, { kind: 'plan', tier }, { until, ...WHY })
  return () => revokeOverride(JOB, workspaceId, { kind: 'plan' }, WHY)
}
