import { inTransaction } from '@/db/client'
import { saveOverride } from '@/db/queries/overrides'
import { entitlements } from '@/db/schema/billing'
import type { WorkspaceId } from '@/lib/ids'
import { entitlement, override } from '@/lib/sync/rows.fixture'

/** A plan until then, whose limit an operator has set: a test that counts to ten need not count to a plan's. */
export async function limitOf(
  workspaceId: WorkspaceId,
  monthlyUses: number,
  validUntil = new Date(Date.now() + 86_400_000),
): Promise<void> {
  const own = { kind: 'limit', name: 'monthlyUses', tier: null, amount: monthlyUses } as const
  await inTransaction(async (tx) => {
    await tx
      .insert(entitlements)
      .values(entitlement({ workspaceId, limits: { monthlyUses }, validUntil }))
      .onConflictDoUpdate({ target: entitlements.workspaceId, set: { validUntil } })
    await saveOverride(tx, override({ ...own, workspaceId, expiresAt: validUntil }))
  })
}
