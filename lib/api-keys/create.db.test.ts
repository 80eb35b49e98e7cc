import { randomBytes } from 'node:crypto'
import { sql } from 'drizzle-orm'
import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { db, disconnect } from '@/db/client'
import { listAudit } from '@/db/queries/audit'
import { GREAT } from '@/lib/catalog/tiers.fixture'
import { grantPlan } from '@/lib/overrides/granted.fixture'
import { someone } from '@/lib/workspaces/someone.fixture'
import { authenticateApiKey } from './authenticate'
import { createApiKey } from './create'
import { listApiKeys } from './list'
import { revokeApiKey } from './revoke'

const NAMED = { name: 'Nightly export', days: null }

let me: Awaited<ReturnType<typeof someone>>
beforeEach(async () => {
  me = await someone()
  await grantPlan(me.workspaceId, GREAT)
})
afterAll(disconnect)

const trail = async () => {
  const rows = await listAudit(`workspace:${me.workspaceId}`)
  return rows.filter(({ action }) => action.startsWith('api_key.'))
}

describe('a form that is sent twice', () => {
  const form = () => randomBytes(32).toString('base64url')
  const count = async () => (await listApiKeys(me.workspaceId)).length

  test('makes one key, and shows it both times: the first answer may never have been seen', async () => {
    const sent = { ...NAMED, form: form() }
    const both = await Promise.all([1, 2, 3].map(() => createApiKey(me.actor, sent)))
    const later = await createApiKey(me.actor, sent)
    expect(new Set([...both, later].map(({ key }) => key)).size).toBe(1)
    expect(new Set([...both, later].map(({ id }) => id)).size).toBe(1)
    expect([await count(), (await trail()).length]).toEqual([1, 1])
    expect(await authenticateApiKey(later.key, (work) => void work())).toMatchObject({
      id: later.id,
    })
  })

  test('makes one key at the most that a workspace may have, too', async () => {
    for (let n = 0; n < 24; n += 1) await createApiKey(me.actor, NAMED)
    const sent = { ...NAMED, form: form() }
    const both = await Promise.all([createApiKey(me.actor, sent), createApiKey(me.actor, sent)])
    expect(both[0].id).toBe(both[1].id)
  })

  test('shows the key no more a minute later, once it is revoked, or under another name', async () => {
    const sent = { ...NAMED, form: form() }
    const { id } = await createApiKey(me.actor, sent)
    const again = expect(createApiKey(me.actor, { ...sent, name: 'Other' })).rejects
    await again.toMatchObject({ reason: 'api_key_made' })
    await db().execute(
      sql`update api_keys set created_at = created_at - interval '61 seconds' where id = ${id}`,
    )
    await expect(createApiKey(me.actor, sent)).rejects.toMatchObject({ reason: 'api_key_made' })
    const fresh = { ...NAMED, form: form() }
    const { id: revoked } = await createApiKey(me.actor, fresh)
    await revokeApiKey(me.actor, revoked)
    await expect(createApiKey(me.actor, fresh)).rejects.toMatchObject({ reason: 'api_key_made' })
    expect(await count()).toBe(2)
  })

  test('and two forms, or one form in two workspaces, make two keys', async () => {
    const other = await someone()
    await grantPlan(other.workspaceId, GREAT)
    const one = form()
    const keys = [
      await createApiKey(me.actor, { ...NAMED, form: one }),
      await createApiKey(me.actor, { ...NAMED, form: form() }),
      await createApiKey(other.actor, { ...NAMED, form: one }),
    ]
    expect(new Set(keys.map(({ key }) => key)).size).toBe(3)
  })
})
