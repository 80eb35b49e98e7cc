import { inTransaction } from '@/db/client'
import { insertEntry } from '@/db/queries/outbox'
import { findOwnCustomer, lockPerson, signOutEverywhere } from '@/db/queries/people'
import { listSoleOwned } from '@/db/queries/workspaces'
import { type Actor, userIdOf } from '@/lib/audit/actor'
import { recordAudit } from '@/lib/audit/record'
import { Conflict, Invalid, NotFound } from '@/lib/errors'
import { personalWorkspaceOf } from '@/lib/workspaces/personal'

/** `outbox.kind` of someone who asked for their account to be deleted. */
export const ERASE = 'person.erase'

/**
 * Takes up that the actor wants their account deleted, and signs them out everywhere. Their plan is ended at Stripe
 * and they are erased by what the outbox does next, however often it has to try. Asked twice it is done once.
 * @param typed their email address, typed once more, in the spelling of `normalizeEmail`
 * @throws {Invalid} it is another one
 * @throws {Conflict} a team would be left without an owner
 */
export async function requestErasure(actor: Actor, typed: string): Promise<void> {
  const userId = userIdOf(actor)
  if ((await listSoleOwned(userId)).length > 0) throw new Conflict('team_without_owner')
  await inTransaction(async (tx) => {
    const person = await lockPerson(tx, userId)
    if (!person) throw new NotFound('user_gone')
    if (person.email !== typed) throw new Invalid('other_email', { email: 'Not yours.' })
    const isNew = await insertEntry(tx, {
      entryKey: `${ERASE}:${userId}`,
      kind: ERASE,
      targetKey: null,
      payload: { userId },
    })
    if (isNew) {
      const own = await findOwnCustomer(tx, personalWorkspaceOf(userId))
      const scope = own ?? `user:${userId}`
      await recordAudit(tx, actor, { scope, action: 'person.request_erasure' })
    }
    await signOutEverywhere(tx, userId, person.email)
  })
}
