import { inTransaction, type Transaction } from '@/db/client'
import { deleteAccounts, listAccounts } from '@/db/queries/accounts'
import { signOutEverywhere } from '@/db/queries/people'
import { lockUser, type User, verifyEmail } from '@/db/queries/users'
import { userActor } from '@/lib/audit/actor'
import { recordAudit } from '@/lib/audit/record'
import type { UserId } from '@/lib/ids'
import { personalWorkspaceOf } from '@/lib/workspaces/personal'

/**
 * Notes that a link has reached a user's address. Where no one had proven it before, the account may have been
 * another person's, who has its sessions and ways to sign in: from here on it is its owner's alone.
 */
export function proveAddress(id: UserId, at: Date): Promise<User | null> {
  return inTransaction(async (tx) => {
    const user = await lockUser(tx, id)
    if (!user) return null
    if (!user.emailVerified) await shutOut(tx, user)
    return verifyEmail(tx, id, at)
  })
}

async function shutOut(tx: Transaction, { id, email }: User): Promise<void> {
  await signOutEverywhere(tx, id, email)
  for (const { provider } of await listAccounts(id, tx)) {
    await deleteAccounts(tx, id, provider)
    await recordAudit(tx, userActor(id, personalWorkspaceOf(id)), {
      scope: `user:${id}`,
      action: 'sign_in_method.remove',
      before: { method: provider },
      after: { because: 'address_proven' },
    })
  }
}
