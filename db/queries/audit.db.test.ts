import { randomUUID } from 'node:crypto'
import { sql } from 'drizzle-orm'
import { afterAll, describe, expect, it } from 'vitest'
import { db, disconnect } from '@/db/client'
import { userActor } from '@/lib/audit/actor'
import { SMALL } from '@/lib/catalog/tiers.fixture'
import { personalWorkspaceOf } from '@/lib/workspaces/personal'
import { appendAudit, listAudit } from './audit'

const actor = userActor('u_1', personalWorkspaceOf('u_1'))

afterAll(disconnect)

describe('the audit trail', () => {
  it('chains each row to the one before it, however many write at once', async () => {
    const scope = aScope()
    await Promise.all(Array.from({ length: 12 }, () => append(scope)))
    const rows = await listAudit(scope)
    expect(rows.map(({ n }) => n)).toEqual(Array.from({ length: 12 }, (_, i) => i + 1))
    for (const [i, row] of rows.entries()) expect(row.prev).toBe(rows[i - 1]?.hash ?? '')
  })

  it('hashes who, what, from what, to what, and why, so that any edit shows', async () => {
    const scope = aScope()
    await append(scope)
    const recomputed = await db().execute(sql`
      select hash = audit_hash(prev, scope, n, at, actor, action, before, after, event_ids) as intact,
        hash = audit_hash(prev, scope, n, at, actor, 'plan.other', before, after, event_ids) as forged
      from audit_log where scope = ${scope}`)
    expect(recomputed[0]).toEqual({ intact: true, forged: false })
  })

  it('disappears with the change that it describes', async () => {
    const scope = aScope()
    const failing = db().transaction(async (tx) => {
      await appendAudit(tx, actor, { scope, action: 'subscription.change_plan' })
      throw new Error('the change failed')
    })
    await expect(failing).rejects.toThrow('the change failed')
    expect(await listAudit(scope)).toEqual([])
  })

  it('is guarded by triggers that fire always', async () => {
    const guards = await db().execute<{ name: string; fires: string }>(sql`
      select tgname as name, tgenabled as fires from pg_trigger
      where tgfoid = 'refuse_rewrite'::regproc`)
    expect(guards.length).toBeGreaterThanOrEqual(9)
    expect(guards.filter(({ fires }) => fires !== 'A')).toEqual([])
  })

  it.each([
    ['an update', sql`update audit_log set action = 'plan.nothing'`],
    ['a delete', sql`delete from audit_log`],
    ['a truncate', sql`truncate audit_log`],
    ['an update of a fact', sql`update billing_facts set kind = 'other'`],
    ['a delete of facts', sql`delete from billing_facts`],
    ['a truncate of facts', sql`truncate billing_facts`],
  ])('refuses %s, even from a session that calls itself a replica', async (_, statement) => {
    await append(aScope())
    await db().execute(sql`insert into billing_facts (key, kind, object_id, event_id)
      values (${aScope()}, 'invoice.paid', 'in_1', 'evt_1')`)
    const attempt = db().transaction(async (tx) => {
      await tx.execute(sql`set local session_replication_role = replica`)
      await tx.execute(statement)
    })
    await expect(attempt).rejects.toMatchObject({
      cause: { message: expect.stringContaining('append-only') },
    })
  })
})

function append(scope: string) {
  return db().transaction((tx) =>
    appendAudit(tx, actor, {
      scope,
      action: 'subscription.change_plan',
      before: { tier: 'free' },
      after: { tier: SMALL },
      eventIds: ['evt_1', 'evt_2'],
    }),
  )
}

function aScope(): string {
  return `cus_${randomUUID()}`
}
