import { randomUUID } from 'node:crypto'
import { eq, sql } from 'drizzle-orm'
import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { db, disconnect, inTransaction } from '@/db/client'
import { listAudit } from '@/db/queries/audit'
import { deleteExpired } from '@/db/queries/retention'
import { apiKeys } from '@/db/schema/api-keys'
import { users } from '@/db/schema/auth'
import { planWithFeature } from '@/lib/catalog/plan-with-feature'
import { GREAT, SMALL } from '@/lib/catalog/tiers.fixture'
import { within } from '@/lib/deadline'
import { entitlements } from '@/lib/entitlements/read'
import { Conflict, Forbidden, NotFound, PlanRequired, Unauthenticated } from '@/lib/errors'
import { grantPlan } from '@/lib/overrides/granted.fixture'
import { aTeam, someone } from '@/lib/workspaces/someone.fixture'
import { authenticateApiKey } from './authenticate'
import { createApiKey } from './create'
import { listApiKeys } from './list'
import { requireApiAccess } from './require-api-access'
import { revokeApiKey } from './revoke'
import { makeApiKey } from './secret'

let me: Awaited<ReturnType<typeof someone>>
let endPlan: () => Promise<void>
beforeEach(async () => {
  await finishLater()
  me = await someone()
  endPlan = await grantPlan(me.workspaceId, GREAT)
})
afterAll(disconnect)

const NAMED = { name: 'Nightly export', days: null }
const later: Promise<void>[] = []
const signIn = (key: string) => authenticateApiKey(key, (work) => later.push(work()))
const finishLater = () => Promise.all(later.splice(0))
const stored = async (id: string) => {
  const [row] = await db().select().from(apiKeys).where(eq(apiKeys.id, id))
  return row ?? expect.unreachable('There is no such key.')
}
const inThePast = (column: 'expires_at' | 'revoked_at' | 'last_used_at', id: string, ago: string) =>
  db().execute(
    sql`update api_keys set ${sql.identifier(column)} = clock_timestamp() - ${ago}::interval where id = ${id}`,
  )
const trail = async () => {
  const rows = await listAudit(`workspace:${me.workspaceId}`)
  return rows.filter(({ action }) => action.startsWith('api_key.'))
}

describe('a new key', () => {
  test('opens its workspace, and nothing that is stored of it does', async () => {
    const { id, key } = await createApiKey(me.actor, NAMED)
    expect(await signIn(key)).toEqual({ type: 'api_key', id, workspaceId: me.workspaceId })
    const row = await stored(id)
    expect(JSON.stringify(row)).not.toContain(key)
    expect(JSON.stringify(row)).not.toContain(key.slice(8, -6))
    for (const text of [row.hash, row.lastFour, id])
      await expect(signIn(text)).rejects.toThrow(Unauthenticated)
  })

  test('is audited under who made it, without the key and without its name', async () => {
    const { id, key } = await createApiKey(me.actor, { ...NAMED, days: 30 })
    const [row] = await trail()
    expect(row).toMatchObject({
      ...{ action: 'api_key.create', actor: me.actor },
      after: { id, mode: 'test', lastFour: key.slice(-4), expiresAt: expect.any(String) },
    })
    expect(JSON.stringify(row)).not.toContain(key.slice(8, -6))
    expect(JSON.stringify(row)).not.toContain(NAMED.name)
  })

  test.each([30, 90, 365] as const)('that is made for %d days ends after them', async (days) => {
    const { expiresAt } = await createApiKey(me.actor, { ...NAMED, days })
    const left = (expiresAt?.getTime() ?? 0) - Date.now()
    expect(Math.abs(left - days * 86_400_000)).toBeLessThan(60 * 60_000)
  })

  test('is not made without the feature, and nothing is written', async () => {
    await endPlan()
    await expect(createApiKey(me.actor, NAMED)).rejects.toThrow(PlanRequired)
    expect(await listApiKeys(me.workspaceId)).toEqual([])
    expect(await trail()).toEqual([])
  })

  test('is one of twenty-five at most, however many are asked for at once', async () => {
    const asked = Array.from({ length: 40 }, () => createApiKey(me.actor, NAMED))
    const answers = await Promise.allSettled(asked)
    expect(answers.filter(({ status }) => status === 'fulfilled')).toHaveLength(25)
    for (const answer of answers)
      if (answer.status === 'rejected') expect(answer.reason).toBeInstanceOf(Conflict)
    expect(await listApiKeys(me.workspaceId)).toHaveLength(25)
    expect(await trail()).toHaveLength(25)
  }, 60_000)
})

describe('a key that opens nothing', () => {
  test('with a typo, or of the other mode, costs no query', async () => {
    const { key } = await createApiKey(me.actor, NAMED)
    const wrong = [key.slice(0, -1), `${key}x`, makeApiKey('live'), 'Bearer', '']
    await disconnect()
    for (const text of wrong) await expect(signIn(text)).rejects.toThrow(Unauthenticated)
  })

  test('is one that was never made, that is over, or that was revoked, and all look the same', async () => {
    const over = await createApiKey(me.actor, { ...NAMED, days: 30 })
    await inThePast('expires_at', over.id, '1 second')
    const revoked = await createApiKey(me.actor, NAMED)
    await revokeApiKey(me.actor, revoked.id)
    const refusals = [makeApiKey('test'), over.key, revoked.key].map((key) =>
      signIn(key).catch((error: unknown) => String(error)),
    )
    expect(new Set(await Promise.all(refusals)).size).toBe(1)
    expect(later).toEqual([])
  })
})

describe('access by a key', () => {
  const may = async () => requireApiAccess(await entitlements(me.workspaceId))

  test('ends with the plan, and says which plan has it; with a plan it goes on', async () => {
    const { key } = await createApiKey(me.actor, NAMED)
    await may()
    await endPlan()
    // The key's workspace stays known: only what it may do has ended.
    await signIn(key)
    const refused = await may().catch((error: unknown) => error)
    expect(refused).toBeInstanceOf(Forbidden)
    expect(refused).toMatchObject({
      reason: 'api_key_without_plan',
      needs: { plan: planWithFeature('api_access')?.tier },
    })
    await grantPlan(me.workspaceId, GREAT)
    await may()
  })

  test('is not in a plan that lacks it', async () => {
    await endPlan()
    await grantPlan(me.workspaceId, SMALL)
    await expect(may()).rejects.toThrow(Forbidden)
  })
})

describe('revoking', () => {
  test('ends a key at once, is audited once, and a second time changes nothing', async () => {
    const { id, key } = await createApiKey(me.actor, NAMED)
    await Promise.all(Array.from({ length: 8 }, () => revokeApiKey(me.actor, id)))
    const { revokedAt } = await stored(id)
    await revokeApiKey(me.actor, id)
    expect((await stored(id)).revokedAt).toEqual(revokedAt)
    await expect(signIn(key)).rejects.toThrow(Unauthenticated)
    expect((await trail()).map(({ action }) => action)).toEqual([
      'api_key.create',
      'api_key.revoke',
    ])
    expect((await trail()).at(-1)).toMatchObject({ actor: me.actor, after: { id } })
  })

  test('works after the plan has ended', async () => {
    const { id } = await createApiKey(me.actor, NAMED)
    await endPlan()
    await revokeApiKey(me.actor, id)
    expect((await stored(id)).revokedAt).not.toBeNull()
  })

  test('reaches no key of another workspace, and does not say that there is one', async () => {
    const { id, key } = await createApiKey(me.actor, NAMED)
    const other = await someone()
    for (const guess of [id, randomUUID()])
      await expect(revokeApiKey(other.actor, guess)).rejects.toThrow(NotFound)
    await signIn(key)
    expect(await listApiKeys(other.workspaceId)).toEqual([])
  })
})

describe('the last use', () => {
  test('is noted after the answer, and again only once a minute has passed', async () => {
    const { id, key } = await createApiKey(me.actor, NAMED)
    expect((await stored(id)).lastUsedAt).toBeNull()
    await Promise.all(Array.from({ length: 10 }, () => signIn(key)))
    await finishLater()
    const first = (await stored(id)).lastUsedAt
    expect(first).not.toBeNull()
    await signIn(key)
    expect(later).toEqual([])
    await inThePast('last_used_at', id, '61 seconds')
    await signIn(key)
    await finishLater()
    expect((await stored(id)).lastUsedAt?.getTime()).toBeGreaterThanOrEqual(first?.getTime() ?? 0)
  })

  test('that cannot be noted fails no request', async () => {
    const { id, key } = await createApiKey(me.actor, NAMED)
    await inTransaction(async (tx) => {
      await tx.execute(sql`select from api_keys where id = ${id} for update`)
      await within({ answer: 10_000, query: 300 }, async () => {
        await signIn(key)
        await expect(finishLater()).resolves.toHaveLength(1)
      })
    })
  }, 20_000)
})

describe('the list', () => {
  test('says of each key what it is, who made it and whether it lives; the living first', async () => {
    const old = await createApiKey(me.actor, { name: 'Old', days: 30 })
    const gone = await createApiKey(me.actor, { name: 'Gone', days: null })
    const last = await createApiKey(me.actor, { name: 'Last', days: 90 })
    await inThePast('expires_at', old.id, '1 day')
    await revokeApiKey(me.actor, gone.id)
    const keys = await listApiKeys(me.workspaceId)
    const email = `${me.userId}@example.test`
    expect(keys.map(({ name, state, madeBy }) => [name, state, madeBy])).toEqual([
      ['Last', 'living', email],
      ['Gone', 'revoked', email],
      ['Old', 'expired', email],
    ])
    expect(JSON.stringify(keys)).not.toContain((await stored(last.id)).hash)
  })
})

describe('a person who leaves', () => {
  test('takes the keys of their own workspace along', async () => {
    const { key } = await createApiKey(me.actor, NAMED)
    await db().execute(sql`delete from workspaces where id = ${me.workspaceId}`)
    await expect(signIn(key)).rejects.toThrow(Unauthenticated)
  })

  test('leaves a team its keys, and none of them says who made it', async () => {
    const workspaceId = await aTeam('Acme', me.userId)
    await grantPlan(workspaceId, GREAT)
    const { key } = await createApiKey({ ...me.actor, workspaceId }, NAMED)
    await db().delete(users).where(eq(users.id, me.userId))
    expect(await signIn(key)).toMatchObject({ workspaceId })
    expect(await listApiKeys(workspaceId)).toMatchObject([{ madeBy: null }])
  })
})

test('a key that ended ninety days ago is removed by night, and one that lives never', async () => {
  const made = await Promise.all([1, 2, 3, 4].map(() => createApiKey(me.actor, NAMED)))
  const [living, revoked, expired, lately] = made.map(({ id }) => id)
  if (!living || !revoked || !expired || !lately) throw new Error('Four were made.')
  await inThePast('revoked_at', revoked, '91 days')
  await inThePast('expires_at', expired, '91 days')
  await inThePast('revoked_at', lately, '89 days')
  await deleteExpired(500)
  const left = (await listApiKeys(me.workspaceId)).map(({ id }) => id)
  expect(left.toSorted()).toEqual([living, lately].toSorted())
})
