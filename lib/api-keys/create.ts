import { createHmac } from 'node:crypto'
import { inTransaction } from '@/db/client'
import { countLivingKeys, findKey, insertKey } from '@/db/queries/api-keys'
import type { UserActor } from '@/lib/audit/actor'
import { recordAudit } from '@/lib/audit/record'
import { requireFeature } from '@/lib/entitlements/require-feature'
import { env } from '@/lib/env'
import { Conflict } from '@/lib/errors'
import type { WorkspaceId } from '@/lib/ids'
import { authorizeBilling } from '@/lib/workspaces/authorize'
import type { Lifetime } from './lifetimes'
import { apiKeyMode } from './mode'
import { type ApiKey, hashOfApiKey, makeApiKey } from './secret'

export type NewApiKey = {
  name: string
  days: Lifetime
  /** Random, and of one form: sent twice it makes one key. Without it each call makes one. */
  form?: string
}

// More than programs need, and few enough to look through.
const MOST = 25

/**
 * Makes a key for the workspace that a person acts for. What it returns is the only time that the key is
 * known: show it, and keep it nowhere. The same form within a minute is answered with the same key: a browser without
 * scripts that sends it twice shows the last answer alone.
 * @throws {PlanRequired} the plan has no `api_access`
 * @throws {Conflict} there are too many already, or the form has made its key longer ago
 */
export async function createApiKey(
  actor: UserActor,
  { name, days, form }: NewApiKey,
): Promise<{ id: string; key: ApiKey; expiresAt: Date | null }> {
  const workspaceId = await authorizeBilling(actor)
  await requireFeature(workspaceId, 'api_access')
  const mode = apiKeyMode()
  const key = makeApiKey(mode, form === undefined ? undefined : bytesOf(form, workspaceId))
  const [hash, lastFour] = [hashOfApiKey(key), key.slice(-4)]
  const row = await inTransaction(async (tx) => {
    // Held from here on, so that another press has either made it or waits.
    const living = await countLivingKeys(tx, workspaceId)
    const before = await findKey(tx, hash)
    if (before?.isFresh && before.name === name) return before
    if (before) throw new Conflict('api_key_made')
    if (living >= MOST) throw new Conflict('too_many_api_keys')
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
  return { id: row.id, expiresAt: row.expiresAt, key }
}

// As random as the form's own text, which is kept nowhere, and of no use to anyone without our secret.
function bytesOf(form: string, workspaceId: WorkspaceId): Buffer {
  const mac = createHmac('sha256', `api key ${env().auth.secret}`)
  return mac.update(`${workspaceId} ${form}`).digest()
}
