import { inTransaction } from '@/db/client'
import { insertOperator, reinstateOperator } from '@/db/queries/operators'
import { findUserByEmail } from '@/db/queries/users'
import type { OperatorActor } from '@/lib/audit/actor'
import { recordAudit } from '@/lib/audit/record'
import { Conflict, NotFound } from '@/lib/errors'

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
  const user = await findUserByEmail(email)
  if (!user) throw new NotFound('no_such_user')
  // A change at Stripe can bring an address to the account of someone else.
  if (!user.emailVerified) throw new Conflict('address_unproven')
  const given = { userId: user.id, appointedBy: actor.id }
  await inTransaction(async (tx) => {
    if (!(await insertOperator(tx, given)) && !(await reinstateOperator(tx, given))) return
    await recordAudit(tx, actor, {
      scope: `user:${user.id}`,
      action: 'operator.appoint',
      after: { operator: user.id, reason },
    })
  })
}
