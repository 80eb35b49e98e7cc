import { inTransaction } from '@/db/client'
import { findUserByEmail, type User } from '@/db/queries/users'
import { userActor } from '@/lib/audit/actor'
import { recordAudit } from '@/lib/audit/record'
import { openPersonal } from '@/lib/workspaces/open-personal'
import { personalWorkspaceOf } from '@/lib/workspaces/personal'

/** Opens the account of a user whose first link has reached them, or finds the one that was opened meanwhile. */
export async function openByEmail(email: string): Promise<User> {
  const made = await inTransaction(async (tx) => {
    const user = await openPersonal(tx, { email, name: null, emailVerified: new Date() })
    if (user) {
      await recordAudit(tx, userActor(user.id, personalWorkspaceOf(user.id)), {
        scope: `user:${user.id}`,
        action: 'user.create',
        after: { method: 'email' },
      })
    }
    return user
  })
  const user = made ?? (await findUserByEmail(email))
  if (!user) throw new Error('The user was removed while signing in.')
  return user
}
