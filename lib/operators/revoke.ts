import { inTransaction } from '@/db/client'
import { endOperator, lockOperators } from '@/db/queries/operators'
import type { OperatorActor } from '@/lib/audit/actor'
import { recordAudit } from '@/lib/audit/record'
import { Conflict } from '@/lib/errors'
import type { UserId } from '@/lib/ids'

/**
 * Takes the role back, with the commit: their next request is refused. Said twice it is the same.
 * @throws {Conflict} no one else has it
 */
export async function revokeOperator(
  actor: OperatorActor,
  { userId, reason }: { userId: UserId; reason: string },
): Promise<void> {
  await inTransaction(async (tx) => {
    const all = await lockOperators(tx)
    if (!all.includes(userId)) return
    if (all.length === 1) throw new Conflict('last_operator')
    await endOperator(tx, userId)
    await recordAudit(tx, actor, {
      scope: `user:${userId}`,
      action: 'operator.revoke',
      before: { operator: userId },
      after: { reason },
    })
  })
}
