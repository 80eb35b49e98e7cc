import { inTransaction } from '@/db/client'
import { insertOperator, wasOperator } from '@/db/queries/operators'
import { findUser } from '@/db/queries/users'
import { systemActor } from '@/lib/audit/actor'
import { recordAudit } from '@/lib/audit/record'
import { env } from '@/lib/env'
import type { UserId } from '@/lib/ids'

/**
 * Makes an operator of someone who signs in with a proven address of ADMIN_EMAILS, once: a role that was
 * taken back does not come again this way. Everyone else is left as they are.
 */
export async function appointAtSignIn(userId: UserId): Promise<void> {
  const { adminEmails } = env()
  if (adminEmails.length === 0) return
  const user = await findUser(userId)
  // An address that Stripe's records brought is not proven by whoever signs in with another way.
  if (!user?.emailVerified || !adminEmails.includes(user.email.toLowerCase())) return
  if (await wasOperator(userId)) return
  await inTransaction(async (tx) => {
    if (!(await insertOperator(tx, { userId, appointedBy: null }))) return
    await recordAudit(tx, systemActor('ADMIN_EMAILS'), {
      scope: `user:${userId}`,
      action: 'operator.appoint',
      after: { operator: userId },
    })
  })
}
