import { isUserId, isWorkspaceId, type WorkspaceId } from '@/lib/ids'
import type { CustomerMetadata } from '@/lib/stripe/customers'
import { APP } from '@/lib/stripe/metadata'
import { personalWorkspaceOf } from './personal'

/**
 * Which of our workspaces a customer's metadata name: by `workspace_id` or, where that is not there, by
 * the `user_id` that says it of a person's own. They count only where they also say that the customer
 * is this application's and environment's: an id alone could be another database's.
 */
export function claimedWorkspace(
  { app, env, workspaceId, userId }: CustomerMetadata,
  appEnv: string,
): WorkspaceId | null {
  if (app !== APP || env !== appEnv) return null
  // What is there counts, also where it makes no sense: the other may be left over from before.
  if (workspaceId !== null) return isWorkspaceId(workspaceId) ? workspaceId : null
  return isUserId(userId) ? personalWorkspaceOf(userId) : null
}
