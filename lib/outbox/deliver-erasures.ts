import { z } from 'zod'
import { db } from '@/db/client'
import { findSubject } from '@/db/queries/erase'
import { claimEntries, markDelivered, markEntryFailed, type OutboxRow } from '@/db/queries/outbox'
import { userActor } from '@/lib/audit/actor'
import { FREE, PLANS, type Tier } from '@/lib/catalog/plans'
import { entitlements } from '@/lib/entitlements/read'
import { env } from '@/lib/env'
import { isUserId, type UserId } from '@/lib/ids'
import { failureText, log } from '@/lib/log'
import { accountDeletedEmail } from '@/lib/mail/account-deleted-email'
import { deliverMail } from '@/lib/mail/deliver'
import { enqueueMail } from '@/lib/mail/enqueue'
import { endPlans } from '@/lib/retention/end-plans'
import { erasePerson } from '@/lib/retention/erase-person'
import { ERASE } from '@/lib/retention/request-erasure'
import { personalWorkspaceOf } from '@/lib/workspaces/personal'

// It stays in the trail for ever, and names no one.
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
      const { plan } = await entitlements(personal)
      const atStripe = await endPlans(actor, personal)
      await sayGoodbye(subject, plan)
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

// Sent at once, because erasing empties every email to the address. A mail server that is away keeps no one from
// leaving: then there is no email. One that went is known by its key when the rest is tried again.
async function sayGoodbye(
  { userId, email: to }: { userId: UserId; email: string },
  tier: Tier | null,
): Promise<void> {
  const plan = tier && tier !== FREE.tier ? PLANS[tier].name : null
  const { appUrl } = env()
  const key = `mail:account_deleted:${userId}`
  await enqueueMail(db(), key, accountDeletedEmail({ to, deletedAt: new Date(), plan, appUrl }))
  await deliverMail(1, { only: key })
}
