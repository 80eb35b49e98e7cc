import { z } from 'zod'
import { db } from '@/db/client'
import { findSubject } from '@/db/queries/erase'
import { claimEntries, markDelivered, markEntryFailed, type OutboxRow } from '@/db/queries/outbox'
import { userActor } from '@/lib/audit/actor'
import { isUserId, type UserId } from '@/lib/ids'
import { failureText, log } from '@/lib/log'
import { endPlans } from '@/lib/retention/end-plans'
import { erasePerson } from '@/lib/retention/erase-person'
import { ERASE } from '@/lib/retention/request-erasure'
import { personalWorkspaceOf } from '@/lib/workspaces/personal'

// It stays in the trail for ever, and names nobody.
const REASON = 'Asked for on the account page.'

/**
 * Erases who asked for it on their account page: first their plan ends at Stripe, then they go. Answers how many
 * were dealt with. Safe to run twice at once, and after it died anywhere.
 */
export async function deliverErasures(limit = 5): Promise<number> {
  const due = await claimEntries(ERASE, limit)
  const done = await Promise.all(due.map(deliver))
  return done.filter(Boolean).length
}

const Payload = z.object({ userId: z.custom<UserId>(isUserId) })

async function deliver({ key, payload }: OutboxRow): Promise<boolean> {
  try {
    const { userId } = Payload.parse(payload)
    const subject = await findSubject({ userId })
    if (subject) {
      const personal = personalWorkspaceOf(userId)
      const actor = userActor(userId, personal)
      const atStripe = await endPlans(actor, personal)
      await erasePerson(actor, subject, { reason: REASON, atStripe })
    }
    await markDelivered(db(), key)
    return true
  } catch (error) {
    await markEntryFailed(key, failureText(error))
    log.error({ entry: key, error: failureText(error) }, 'account not deleted; it is tried again')
    return false
  }
}
