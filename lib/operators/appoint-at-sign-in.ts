import { findUser } from '@/db/queries/users'
import { systemActor } from '@/lib/audit/actor'
import { env } from '@/lib/env'
import type { UserId } from '@/lib/ids'
import { appointFirst } from './appoint-first'

/**
 * Makes an operator of someone who signs in with a proven address of ADMIN_EMAILS, once: a role that was
 * taken back does not come again this way. Everyone else is left as they are.
 */
export async function appointAtSignIn(userId: UserId): Promise<void> {
  const { adminEmails } = env()
  if (adminEmails.length === 0) return
  const user = await findUser(userId)
  // An address that Stripe's records brought is not proven by someone who signs in with another way.
  if (!user?.emailVerified || !adminEmails.includes(user.email.toLowerCase())) return
  await appointFirst(systemActor('ADMIN_EMAILS'), userId)
}
