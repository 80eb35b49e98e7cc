import { inTransaction } from '@/db/client'
import { findUserByEmail, insertUser, type User } from '@/db/queries/users'
import { userActor } from '@/lib/audit/actor'
import { recordAudit } from '@/lib/audit/record'

/** Opens the account of somebody whose first link has reached them, or finds the one that was opened meanwhile. */
export async function openByEmail(email: string): Promise<User> {
  const made = await inTransaction(async (tx) => {
    const user = await insertUser(tx, { email, name: null, emailVerified: new Date() })
    if (user) {
      await recordAudit(tx, userActor(user.id), {
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
