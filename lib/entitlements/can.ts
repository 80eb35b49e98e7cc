import type { Feature } from '@/lib/catalog/features'
import type { WorkspaceId } from '@/lib/ids'
import { allows } from './answer'
import { entitlements } from './read'

/**
 * Whether a workspace may use a feature now. One round trip at most, none after the first in a request.
 * @throws {Unavailable} Postgres does not answer, and it is not known that it may
 */
export async function can(workspaceId: WorkspaceId, feature: Feature): Promise<boolean> {
  return allows(await entitlements(workspaceId), feature)
}
