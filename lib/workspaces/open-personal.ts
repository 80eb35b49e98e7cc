import type { Transaction } from '@/db/client'
import { insertUser, type NewUser, type User } from '@/db/queries/users'
import { insertWorkspace } from '@/db/queries/workspaces'
import { personalWorkspaceOf } from './personal'

/**
 * Makes a user and, in the same commit, the workspace that is theirs alone: what they buy hangs on it.
 * @returns null when the address has a user already, also one that another request makes now
 */
export async function openPersonal(tx: Transaction, user: NewUser): Promise<User | null> {
  const made = await insertUser(tx, user)
  if (!made) return null
  const id = personalWorkspaceOf(made.id)
  await insertWorkspace(tx, { id, kind: 'personal', name: null }, made.id)
  return made
}
