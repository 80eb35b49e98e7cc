import { findSubject } from '@/db/queries/erase'
import { findWorkspace } from '@/db/queries/workspaces'
import { normalizeEmail } from '@/lib/auth/email-address'
import { Invalid } from '@/lib/errors'
import { isWorkspaceId, type WorkspaceId } from '@/lib/ids'
import { personalWorkspaceOf } from '@/lib/workspaces/personal'

/**
 * The workspace that an operator means: by its id, or a user's own one by their address.
 * @throws {Invalid} there is none; the address is not repeated
 */
export async function workspaceOf(whom: string): Promise<WorkspaceId> {
  if (isWorkspaceId(whom)) {
    const workspace = await findWorkspace(whom)
    if (workspace) return workspace.id
    throw new Invalid({ internal: `There is no workspace ${whom}.` })
  }
  const user = await findSubject({ email: normalizeEmail(whom) })
  if (user) return personalWorkspaceOf(user.userId)
  throw new Invalid({ internal: 'No user has that address.' })
}
