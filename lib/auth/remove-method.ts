import { inTransaction, type Transaction } from '@/db/client'
import { deleteAccounts, listAccounts } from '@/db/queries/accounts'
import { deleteOtherSessions } from '@/db/queries/sessions'
import { deleteSignInTokens } from '@/db/queries/sign-ins'
import { lockUser, setEmailSignIn, type User } from '@/db/queries/users'
import { type Actor, userIdOf } from '@/lib/audit/actor'
import { recordAudit } from '@/lib/audit/record'
import { Conflict, Unauthenticated } from '@/lib/errors'
import { openMethods, type SignInMethod } from './sign-in-methods'

/**
 * Takes a sign-in method from a user's account, and ends every session but `session`, the one that asks:
 * a browser that signed in by that method is out. Removing what is not there does nothing.
 * @throws {Conflict} it is the last one that works
 */
export function removeSignInMethod(
  actor: Actor,
  method: SignInMethod,
  session: string,
): Promise<void> {
  const userId = userIdOf(actor)
  return inTransaction(async (tx) => {
    // Held, or two tabs could each remove what the other one counts on.
    const user = await lockUser(tx, userId)
    if (!user) throw new Unauthenticated('signed_out')
    const accounts = await listAccounts(userId, tx)
    const isThere =
      method === 'email' ? user.emailSignIn : accounts.some(({ provider }) => provider === method)
    if (!isThere) return
    if (openMethods(user, accounts).every((open) => open === method)) {
      throw new Conflict('only_sign_in_method')
    }
    await remove(tx, user, method)
    const endedSessions = await deleteOtherSessions(tx, userId, session)
    await recordAudit(tx, actor, {
      scope: `user:${userId}`,
      action: 'sign_in_method.remove',
      before: { method },
      after: { endedSessions },
    })
  })
}

async function remove(tx: Transaction, user: User, method: SignInMethod): Promise<void> {
  if (method !== 'email') return deleteAccounts(tx, user.id, method)
  await setEmailSignIn(tx, user.id, false)
  await deleteSignInTokens(tx, user.email)
}
