import { inTransaction } from '@/db/client'
import { deleteOptOut, insertOptOut } from '@/db/queries/email-opt-outs'
import { lockPerson } from '@/db/queries/people'
import { type Actor, userIdOf } from '@/lib/audit/actor'
import { recordAudit } from '@/lib/audit/record'
import type { OptionalEmail } from '@/lib/optional-emails'

/**
 * Turns a kind of email off or on for the actor, for all of their workspaces. Said twice it changes nothing more.
 * @returns whether something changed; false also for someone who is gone
 */
export function chooseEmails(actor: Actor, kind: OptionalEmail, on: boolean): Promise<boolean> {
  const userId = userIdOf(actor)
  return inTransaction(async (tx) => {
    // Held, so that a link of someone who is being erased finds either them or no one.
    if (!(await lockPerson(tx, userId))) return false
    const changed = await (on ? deleteOptOut : insertOptOut)(tx, userId, kind)
    if (!changed) return false
    await recordAudit(tx, actor, {
      scope: `user:${userId}`,
      action: 'user.choose_emails',
      after: { kind, on },
    })
    return true
  })
}
