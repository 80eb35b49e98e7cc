import { and, eq } from 'drizzle-orm'
import { db } from '@/db/client'
import { entitlementOverrides } from '@/db/schema/billing'
import type { Tier } from '@/lib/catalog/plans'
import type { WorkspaceId } from '@/lib/ids'

/** Gives a workspace a plan by hand, until the function that is returned ends it. */
export async function grantPlan(
  workspaceId: WorkspaceId,
  tier: Tier,
): Promise<() => Promise<void>> {
  const plan = { workspaceId, kind: 'plan', name: '' } as const
  await db()
    .insert(entitlementOverrides)
    .values({
      ...plan,
      effect: 'grant',
      tier,
      reason: 'A test.',
      actor: { type: 'system', job: 'test' },
      expiresAt: new Date(Date.now() + 365 * 86_400_000),
    })
  return async () => {
    const which = [
      eq(entitlementOverrides.workspaceId, workspaceId),
      eq(entitlementOverrides.kind, 'plan'),
    ]
    await db()
      .update(entitlementOverrides)
      .set({ revokedAt: new Date() })
      .where(and(...which))
  }
}
