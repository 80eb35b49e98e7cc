import { inTransaction } from '@/db/client'
import { insertOperator, wasOperator } from '@/db/queries/operators'
import type { Actor } from '@/lib/audit/actor'
import { recordAudit } from '@/lib/audit/record'
import type { UserId } from '@/lib/ids'

/** Gives the role to someone who never had it, where no operator is there yet who could. */
export async function appointFirst(actor: Actor, userId: UserId): Promise<void> {
  if (await wasOperator(userId)) return
  await inTransaction(async (tx) => {
    if (!(await insertOperator(tx, { userId, appointedBy: null }))) return
    await recordAudit(tx, actor, {
      scope: `user:${userId}`,
      action: 'operator.appoint',
      after: { operator: userId },
    })
  })
}
