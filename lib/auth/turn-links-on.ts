import { inTransaction } from '@/db/client'
import { lockUser, setEmailSignIn } from '@/db/queries/users'
import { type Actor, userIdOf } from '@/lib/audit/actor'
import { recordAudit } from '@/lib/audit/record'
import { Unauthenticated } from '@/lib/errors'

/** Lets links to a user's own address sign in again; nothing when they do. */
export function turnLinksOn(actor: Actor): Promise<void> {
  const userId = userIdOf(actor)
  return inTransaction(async (tx) => {
    const user = await lockUser(tx, userId)
    if (!user) throw new Unauthenticated('signed_out')
    if (user.emailSignIn) return
    await setEmailSignIn(tx, userId, true)
    await recordAudit(tx, actor, {
      scope: `user:${userId}`,
      action: 'sign_in_method.add',
      after: { method: 'email' },
    })
  })
}
