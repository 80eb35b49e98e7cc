import { inTransaction } from '@/db/client'
import { countLivingKeys, insertKey } from '@/db/queries/api-keys'
import type { UserActor } from '@/lib/audit/actor'
import { recordAudit } from '@/lib/audit/record'
import { requireFeature } from '@/lib/entitlements/require-feature'
import { Conflict } from '@/lib/errors'
import { authorizeBilling } from '@/lib/workspaces/authorize'
import type { Lifetime } from './lifetimes'
import { apiKeyMode } from './mode'
import { type ApiKey, hashOfApiKey, makeApiKey } from './secret'

export type NewApiKey = { name: string; days: Lifetime }

// More than programs need, and few enough to look through.
const MOST = 25

/**
 * Makes a key for the workspace that a person acts for. What it returns is the only time that the key is
 * known: show it, and keep it nowhere.
 * @throws {PlanRequired} the plan has no `api_access`
 * @throws {Conflict} there are too many already
 */
export async function createApiKey(
  actor: UserActor,
  { name, days }: NewApiKey,
): Promise<{ id: string; key: ApiKey; expiresAt: Date | null }> {
  const workspaceId = await authorizeBilling(actor)
  await requireFeature(workspaceId, 'api_access')
  const mode = apiKeyMode()
  const key = makeApiKey(mode)
  const [hash, lastFour] = [hashOfApiKey(key), key.slice(-4)]
  const row = await inTransaction(async (tx) => {
    if ((await countLivingKeys(tx, workspaceId)) >= MOST) throw new Conflict('too_many_api_keys')
    const kept = { workspaceId, createdBy: actor.id, name, mode, hash, lastFour, days }
    const made = await insertKey(tx, kept)
    await recordAudit(tx, actor, {
      scope: `workspace:${workspaceId}`,
      action: 'api_key.create',
      // Without its name: a person's words do not belong where nothing can be erased.
      after: { id: made.id, mode, lastFour, expiresAt: made.expiresAt?.toISOString() ?? null },
    })
    return made
  })
  return { ...row, key }
}
