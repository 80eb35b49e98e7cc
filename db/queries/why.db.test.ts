import { sql } from 'drizzle-orm'
import { afterAll, expect, it } from 'vitest'
import { db, disconnect } from '@/db/client'
import { rowsOf } from '@/db/rows-of'
import { customers } from '@/db/schema/billing'
import { someone } from '@/lib/workspaces/someone.fixture'
import { listAccessTrail } from './why'

afterAll(disconnect)

class Undone extends Error {}

it('the trail of one workspace is found by its key, however long the trail of all is', async () => {
  const { workspaceId } = await someone()
  const [living, gone] = [`cus_living${workspaceId}`, `cus_gone${workspaceId}`] as const
  await db()
    .insert(customers)
    .values([
      { id: living, workspaceId, livemode: false },
      { id: gone, workspaceId, livemode: false, deletedAt: new Date() },
    ])
  const query = listAccessTrail(workspaceId)
  let plan: string[] = []
  const undone = db().transaction(async (tx) => {
    await tx.execute(sql`insert into audit_log (scope, n, at, actor, action, event_ids, prev, hash)
      select 'cus_' || g, 1, now(), '{"type":"system","job":"test"}', 'customer.create', '{}', '', ''
      from generate_series(1, 20000) g`)
    await tx.execute(sql`analyze audit_log`)
    const rows = await tx.execute<{ 'QUERY PLAN': string }>(sql`explain (costs off) ${query}`)
    plan = rows.map((row) => row['QUERY PLAN'])
    throw new Undone()
  })
  await expect(undone).rejects.toThrow(Undone)
  const text = plan.join('\n')
  expect(text).not.toMatch(/Seq Scan on audit_log/)
  expect(text).toMatch(/Index (Only )?Scan .*audit_log|Bitmap Index Scan on audit_log_scope_n_pk/)
  expect(text).toMatch(/Index Cond: \(+"?scope"? = ANY/)
})

it('has the chains of all customers that the workspace had, and its own, and no other', async () => {
  const { workspaceId } = await someone()
  const other = await someone()
  const gone = `cus_gone${workspaceId}` as const
  await db()
    .insert(customers)
    .values({ id: gone, workspaceId, livemode: false, deletedAt: new Date() })
  const actor = JSON.stringify({ type: 'system', job: 'test' })
  for (const scope of [gone, `workspace:${workspaceId}`, `workspace:${other.workspaceId}`])
    await rowsOf(
      sql`select append_audit(${scope}, ${actor}::jsonb, 'customer.create', null, null, '{}')`,
    )
  const rows = await listAccessTrail(workspaceId)
  expect(rows.map(({ scope }) => scope)).toEqual([gone, `workspace:${workspaceId}`])
  expect(await listAccessTrail(other.workspaceId)).toHaveLength(1)
})
