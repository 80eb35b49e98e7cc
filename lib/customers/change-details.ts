import { inTransaction } from '@/db/client'
import {
  findOwnCustomer,
  listPaidBy,
  lockPerson,
  type Person,
  signOutEverywhere,
  updatePerson,
} from '@/db/queries/people'
import { isTaken } from '@/db/queries/unique-violation'
import type { Actor } from '@/lib/audit/actor'
import { recordAudit } from '@/lib/audit/record'
import { Conflict, NotFound } from '@/lib/errors'
import type { UserId } from '@/lib/ids'
import { personalWorkspaceOf } from '@/lib/workspaces/personal'
import { changedDetails, enqueueDetails } from './details'

/**
 * Changes a user's email address or name, and has their customer at Stripe follow, and that of each team
 * of which they are the first owner. Every change of either goes through here. A new address ends every
 * session and every link that was sent to the old one: the user must prove that the new one is theirs.
 * The trail says which details, never what they are.
 * @param change the address in the spelling of `normalizeEmail`
 * @returns false when nothing is different
 * @throws {Conflict} another user has this address
 */
export async function changeDetails(
  actor: Actor,
  userId: UserId,
  change: Partial<Person>,
): Promise<boolean> {
  try {
    return await inTransaction(async (tx) => {
      const before = await lockPerson(tx, userId)
      if (!before) throw new NotFound('user_gone')
      const fields = changedDetails(before, change)
      if (fields.length === 0) return false
      await updatePerson(tx, userId, change)
      if (fields.includes('email')) await signOutEverywhere(tx, userId, before.email)
      const own = await findOwnCustomer(tx, personalWorkspaceOf(userId))
      const scope = own ?? `user:${userId}`
      const n = await recordAudit(tx, actor, {
        scope,
        action: 'user.change_details',
        after: { userId, fields },
      })
      for (const { named, ...ids } of await listPaidBy(tx, userId)) {
        // A workspace with a name of its own does not get its owner's.
        if (named && !fields.includes('email')) continue
        // The row of the trail is what happened: it is sent once.
        await enqueueDetails(tx, { ...ids, cause: `${scope}:${n}` })
      }
      return true
    })
  } catch (error) {
    if (isTaken(error)) throw new Conflict('address_taken', { cause: error })
    throw error
  }
}
