import { sql } from 'drizzle-orm'
import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { db, disconnect, inTransaction } from '@/db/client'
import type { RowMark } from '@/db/queries/audit-page'
import { insertEntry } from '@/db/queries/outbox'
import { operatorActor, systemActor } from '@/lib/audit/actor'
import { recordAudit } from '@/lib/audit/record'
import { recordDrift } from '@/lib/reconcile/record-drift'
import { oneCustomer } from '@/lib/sync/one-customer.fixture'
import { syncCustomer } from '@/lib/sync/sync-customer'
import { type AuditFilter, checkChain, readAudit } from './audit'
import { readDrift } from './drift'
import { readHealthPage } from './health'
import { readOutbox } from './outbox'

const ANA = operatorActor('f0000000-0000-4000-8000-00000000000f')
const ALL: AuditFilter = { action: null, scope: null, operators: false, before: null }

let one: Awaited<ReturnType<typeof oneCustomer>>
beforeEach(async () => {
  one = await oneCustomer()
  one.stripe.show(one.snapshot())
  await syncCustomer(one.ports, one.customerId, systemActor('test'))
})
afterAll(disconnect)

const record = (action: 'console.sync' | 'portal.open', actor = ANA) =>
  inTransaction((tx) => recordAudit(tx, actor, { scope: one.customerId, action }))

describe('the audit page', () => {
  test('lists rows by action, by chain and by operators, the newest first', async () => {
    await record('portal.open')
    await record('console.sync')
    const actions = async (filter: Partial<AuditFilter>) =>
      (await readAudit({ ...ALL, ...filter })).rows.map(({ action }) => action)
    expect((await actions({}))[0]).toBe('console.sync')
    expect(await actions({ scope: one.customerId })).toEqual([
      ...['console.sync', 'portal.open', 'subscription.start'],
    ])
    expect((await actions({ operators: true })).slice(0, 2)).toEqual([
      'console.sync',
      'portal.open',
    ])
    expect(new Set(await actions({ action: 'portal.open' }))).toEqual(new Set(['portal.open']))
  })

  test('shows every row over its pages', async () => {
    for (let n = 0; n < 110; n += 1) await record('portal.open')
    const seen = new Set<number>()
    let before: RowMark | null = null
    do {
      const page: Awaited<ReturnType<typeof readAudit>> = await readAudit({ ...ALL, before })
      for (const { scope, n } of page.rows) if (scope === one.customerId) seen.add(n)
      before = page.older
    } while (before)
    expect(seen.size).toBe(111)
  })

  test('shows every row over its pages once, also where more than a page were written in one instant', async () => {
    const scopes = Array.from({ length: 120 }, (_, n) => `user:at-once-${n}`)
    await db().execute(sql`insert into audit_log (scope, n, at, actor, action, event_ids, prev, hash)
      select 'user:at-once-' || g, 1, '2020-01-01T00:00:00.000400Z'::timestamptz + (g % 2) * interval '1 microsecond',
        '{"type":"system","job":"test"}', 'portal.open', '{}', '', 'x' from generate_series(0, 119) g`)
    const seen: string[] = []
    let before: RowMark | null = null
    do {
      const page: Awaited<ReturnType<typeof readAudit>> = await readAudit({ ...ALL, before })
      seen.push(...page.rows.map(({ scope }) => scope))
      before = page.older
    } while (before)
    const there = seen.filter((scope) => scope.startsWith('user:at-once-'))
    expect(there.toSorted()).toEqual(scopes.toSorted())
  })

  test('says of a chain that it holds, and of one that was changed which row', async () => {
    expect(await checkChain(one.customerId)).toEqual({ rows: 1, faults: [] })
    await db().transaction(async (tx) => {
      await tx.execute(sql`alter table audit_log disable trigger audit_log_append_only`)
      await tx.execute(
        sql`update audit_log set action = 'portal.open' where scope = ${one.customerId}`,
      )
      await tx.execute(sql`alter table audit_log enable trigger audit_log_append_only`)
    })
    const { faults } = await checkChain(one.customerId)
    expect(faults).toEqual([expect.stringContaining(`${one.customerId} row 1: altered`)])
  })
})

test('drift is listed with what differed, and says when it was repaired', async () => {
  const drift = {
    key: one.customerId,
    differences: [{ before: { status: 'active' }, after: { status: 'past_due' } }],
  }
  await recordDrift(drift, 0)
  const found = async () => (await readDrift()).find(({ scope }) => scope === one.customerId)
  expect(await found()).toMatchObject({
    ...{ workspaceId: one.workspaceId, behind: true },
    ...{ before: { status: 'active' }, after: { status: 'past_due' } },
  })
  await one.setTarget({ leaseUntil: null })
  await syncCustomer(one.ports, one.customerId, systemActor('test'))
  const { at, lastSyncedAt, behind } = (await found()) ?? expect.unreachable()
  expect(behind).toBe(false)
  expect(lastSyncedAt?.getTime()).toBeGreaterThan(at.getTime())
})

test('the outbox says what waits and why, and nothing of what is in it', async () => {
  const key = `mail:${one.workspaceId}`
  const payload = { to: 'ada@example.test', link: 'https://app.example.test/?token=secret' }
  await insertEntry(db(), { entryKey: key, kind: 'mail', targetKey: one.customerId, payload })
  await db().execute(
    sql`update outbox set last_error = '550 <ada@example.test> unknown', attempts = 3 where key = ${key}`,
  )
  const { waiting, newest } = await readOutbox()
  expect(waiting.find((entry) => entry.key === key)).toMatchObject({
    ...{ attempts: 3, lastError: '550 <a…@example.test> unknown' },
  })
  expect(newest[0]?.key).toBe(key)
  expect(JSON.stringify([waiting, newest])).not.toMatch(/secret|ada@/)
})

test('health says what to do about each check that fails', async () => {
  const { checks, figures, limit } = await readHealthPage()
  expect(limit).toBeGreaterThan(0)
  expect(figures.inboxDead).toBe(0)
  for (const { verdict, cure } of checks) expect(cure === null).toBe(verdict !== 'failed')
})
