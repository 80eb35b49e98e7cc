import { listClaims } from '@/db/queries/customer-claims'
import { findUser } from '@/db/queries/users'
import { userActor } from '@/lib/audit/actor'
import { env } from '@/lib/env'
import type { UserId } from '@/lib/ids'
import { failureText, log } from '@/lib/log'
import { personalWorkspaceOf } from '@/lib/workspaces/personal'
import { contestCustomer } from './contest'
import { giveCustomer } from './give'

/**
 * Gives someone who signs in the customer of a taken-over account that waits for their address, if they have
 * proven that it is theirs. Never throws: who may sign in does so, and the next sign-in tries again.
 */
export async function settleClaims(userId: UserId): Promise<void> {
  try {
    const user = await findUser(userId)
    // A link or another site must have proven it: what anyone may type counts for nothing.
    if (!user?.emailVerified) return
    const workspaceId = personalWorkspaceOf(userId)
    const { livemode } = env().stripe
    for (const { customerId: id } of await listClaims([user.email])) {
      const subject = { id, livemode, by: 'address' } as const
      const actor = userActor(userId, workspaceId)
      const given = await giveCustomer(actor, workspaceId, subject)
      if (given === 'done') continue
      log.warn({ target: id, reason: given }, 'a customer could not be adopted')
      if (given === 'other') await contestCustomer(actor, id, workspaceId)
    }
  } catch (error) {
    log.error({ error: failureText(error) }, 'waiting customers not settled')
  }
}
