import { inTransaction } from '@/db/client'
import {
  closeDetails,
  deleteLinks,
  deleteUser,
  eraseMails,
  erasePayloads,
  markCustomers,
  type Subject,
} from '@/db/queries/erase'
import { listPaidBy, lockPerson } from '@/db/queries/people'
import type { Actor } from '@/lib/audit/actor'
import { recordAudit } from '@/lib/audit/record'
import { enqueueDetails } from '@/lib/customers/details'
import { env } from '@/lib/env'
import { Invalid } from '@/lib/errors'
import type { CustomerId, UserId } from '@/lib/ids'
import { log } from '@/lib/log'
import { personalWorkspaceOf } from '@/lib/workspaces/personal'
import { closeCheckouts } from './close-checkouts'
import { type AtStripe, eraseAtStripe } from './erase-at-stripe'
import { requireNoPlan } from './require-no-plan'
import { requireNoTeam } from './require-no-team'

export type Erased = {
  userId: UserId | null
  customers: CustomerId[]
  payloads: number
  mails: number
  links: number
}

/** Why, in a few words without a name in them: they stay in the audit trail. */
const REASON = /^\S.{2,199}$/

/**
 * Erases a person on their request: the user with sessions and ways to sign in, their own workspace with
 * access and usage, every message and link to their address, and what Stripe said about their customers.
 * What happened, and was paid, stays under ids that lead to no person. Their customer at Stripe is kept
 * there unless `atStripe` says otherwise. A team's follows its next owner. Safe to repeat after it died
 * anywhere.
 * @throws {NotFound} no person is known by that
 * @throws {Invalid} no reason is given
 * @throws {Conflict} a plan is living, by Stripe or by our records: it has to end first; or a team would
 * have no owner
 * @throws {Unavailable} Stripe does not answer, so that it is not known; nothing was erased
 */
export async function erasePerson(
  actor: Actor,
  subject: Subject,
  { reason, atStripe }: { reason: string; atStripe: AtStripe },
): Promise<Erased> {
  if (!REASON.test(reason)) throw new Invalid({ internal: 'Say why, in 3 to 200 characters.' })
  const { userId } = subject
  const personal = userId && personalWorkspaceOf(userId)
  if (userId) await requireNoTeam(userId)
  const ids = personal ? await requireNoPlan(personal, atStripe) : []
  for (const id of ids) await eraseAtStripe(id, atStripe)
  const erased = await inTransaction(async (tx) => {
    await markCustomers(tx, ids)
    // The user, if signed in, may have changed the address since it was looked up.
    const email = (userId && (await lockPerson(tx, userId))?.email) || subject.email
    const mails = await eraseMails(tx, email, { ids, operators: env().adminEmails })
    const links = email ? await deleteLinks(tx, email) : 0
    await closeDetails(tx, ids)
    if (userId && personal) {
      const paidBy = await listPaidBy(tx, userId)
      await deleteUser(tx, userId, personal)
      // Stripe knows the next owner of a team from now on.
      for (const { customerId, workspaceId } of paidBy)
        if (workspaceId !== personal)
          await enqueueDetails(tx, { customerId, workspaceId, cause: `erased:${userId}` })
    }
    const payloads = await erasePayloads(tx, ids)
    for (const scope of scopesOf(userId, ids)) {
      const after = { reason, atStripe }
      await recordAudit(tx, actor, { scope, action: 'person.erase', after })
    }
    return { userId, customers: ids, payloads, mails, links }
  })
  // Until a moment ago they could still open one.
  for (const id of ids) await closeCheckouts(id)
  log.info(erased, 'person erased')
  return erased
}

// A person who never signed in has no id that could be written down.
function scopesOf(userId: UserId | null, ids: CustomerId[]): string[] {
  return userId ? [...ids, `user:${userId}`] : ['retention']
}
