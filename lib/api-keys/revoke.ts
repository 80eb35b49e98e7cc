import { inTransaction } from '@/db/client'
import { revokeKey } from '@/db/queries/api-keys'
import type { UserActor } from '@/lib/audit/actor'
import { recordAudit } from '@/lib/audit/record'
import { NotFound } from '@/lib/errors'
import { authorizeBilling } from '@/lib/workspaces/authorize'

/**
 * Ends a key for good: the very next request with it is refused. Twice is as once. It needs no plan, so that
 * a key can be ended after the plan has.
 * @throws {NotFound} the workspace has no such key
 */
export async function revokeApiKey(actor: UserActor, id: string): Promise<void> {
  const workspaceId = await authorizeBilling(actor)
  return inTransaction(async (tx) => {
    const outcome = await revokeKey(tx, workspaceId, id)
    if (outcome === null) throw new NotFound('api_key_gone')
    if (outcome === 'already') return
    await recordAudit(tx, actor, {
      scope: `workspace:${workspaceId}`,
      action: 'api_key.revoke',
      after: { id },
    })
  })
}
