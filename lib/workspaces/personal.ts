import type { UserId, WorkspaceId } from '@/lib/ids'

/**
 * The workspace that is a user's alone, under the user's own id. The only way from the one to the other, so
 * that neither is taken for the other by accident.
 */
export function personalWorkspaceOf(userId: UserId): WorkspaceId {
  // Safe: users' ids are UUIDs, and the workspace is made under the same one (`open-personal.ts`).
  return userId as string as WorkspaceId
}
