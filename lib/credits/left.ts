import { findCredits } from '@/db/queries/usage-credits'
import type { WorkspaceId } from '@/lib/ids'
import { productionPorts } from '@/lib/sync/production-ports'

/** How many credits a workspace can still spend. */
export async function creditsLeft(workspaceId: WorkspaceId): Promise<number> {
  return findCredits(workspaceId, await productionPorts().clock.now())
}
