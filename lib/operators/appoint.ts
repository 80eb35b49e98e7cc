import { inTransaction } from '@/db/client'
import { insertOperator, reinstateOperator } from '@/db/queries/operators'
import { findUserByEmail } from '@/db/queries/users'
import type { OperatorActor } from '@/lib/audit/actor'
import { recordAudit } from '@/lib/audit/record'
import { Conflict, NotFound } from '@/lib/errors'
import type { UserId } from '@/lib/ids'

/**
 * Gives the role to someone who signs in here. Said twice it is the same.
 * @param email as `normalizeEmail` spells it
 * @throws {NotFound} no one signs in with that address
 * @throws {Conflict} no one has proven that it is theirs
 */
export async function appointOperator(
  actor: OperatorActor,
  { email, reason }: { email: string; reason: string },
): Promise<void> {
  const userId = await requireCandidate(email)
  const given = { userId, appointedBy: actor.id }
  await inTransaction(async (tx) => {
    if (!(await insertOperator(tx, given)) && !(await reinstateOperator(tx, given))) return
    await recordAudit(tx, actor, {
      scope: `user:${userId}`,
      action: 'operator.appoint',
      after: { operator: userId, reason },
    })
  })
}

/** Who signs in with this address, and has proven it. @throws {NotFound | Conflict} as `appointOperator` does */
export async function requireCandidate(email: string): Promise<UserId> {
  const user = await findUserByEmail(email)
  if (!user) throw new NotFound('no_such_user')
  // A change at Stripe can bring an address to the account of someone else.
  if (!user.emailVerified) throw new Conflict('address_unproven')
  return user.id
}
