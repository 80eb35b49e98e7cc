import { eq, sql } from 'drizzle-orm'
import { afterAll, afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { db, disconnect } from '@/db/client'
import { auditAnchorHeads, auditAnchors } from '@/db/schema/audit'
import { log } from '@/lib/log'
import { anchorAudit } from './anchor'
import { aScope, asOwner, dayOf, noon, writeChain, writeRow } from './chains.fixture'
import { verifyAudit } from './verify'

const handedOut = vi.spyOn(log, 'info')

beforeEach(async () => {
  await asOwner(async (tx) => {
    for (const table of ['audit_anchors', 'audit_anchor_heads', 'audit_log', 'audit_heads']) {
      await tx.execute(sql`delete from ${sql.identifier(table)}`)
    }
  })
  handedOut.mockClear()
})
afterEach(() => expect(verifyAudit()).resolves.toMatchObject({ faults: [] }))
afterAll(disconnect)

describe('the daily anchor', () => {
  it('covers every day that is over, and hands each outside in one line of the log', async () => {
    await writeChain(aScope(), [-3, -3, -1, 0])
    await writeChain(aScope(), [-3])
    expect(await anchorAudit()).toEqual({ days: 3, sealed: 3 })
    const anchors = await listed()
    expect(anchors).toMatchObject([
      { day: dayOf(-3), scopes: 2 },
      { day: dayOf(-2), scopes: 0 },
      { day: dayOf(-1), scopes: 1 },
    ])
    expect(new Set(anchors.map(({ root }) => root)).size).toBe(3)
    expect(handedOut.mock.calls).toEqual(
      anchors.map(({ day, root, scopes, mac, keyId }) => [
        { anchor: { day, root, scopes, mac, keyId } },
        'audit anchored',
      ]),
    )
  })

  it('has nothing to say while there is no audit trail, or none but of today', async () => {
    expect(await anchorAudit()).toEqual({ days: 0, sealed: 0 })
    await writeChain(aScope(), [0])
    expect(await anchorAudit()).toEqual({ days: 0, sealed: 0 })
  })

  // breakage: the anchor job runs twice at once | each day has one anchor; a line of the log may come twice and says the same
  it('is left to the run that is at it', async () => {
    await writeChain(aScope(), [-2, -1])
    await db().transaction(async (tx) => {
      expect(await tx.execute(sql`select anchor_audit() as days`)).toEqual([{ days: 2 }])
      expect(await anchorAudit()).toEqual({ days: 0, sealed: 0 })
    })
    expect(await anchorAudit()).toEqual({ days: 0, sealed: 2 })
  })

  it('stands on the one before: another past gives another root', async () => {
    const [roots] = await db().execute(sql`
      select audit_root('one past', ${dayOf(-1)}) = audit_root('another', ${dayOf(-1)}) as same`)
    expect(roots).toEqual({ same: false })
  })

  it('is made once, however many runs there are', async () => {
    await writeChain(aScope(), [-3, -2, -1])
    const runs = await Promise.all(Array.from({ length: 5 }, anchorAudit))
    expect(runs.reduce((sum, { days }) => sum + days, 0)).toBe(3)
    const first = await listed()
    expect(await anchorAudit()).toEqual({ days: 0, sealed: 0 })
    expect(await listed()).toEqual(first)
  })

  // breakage: the anchor job did not run for some days | its next run makes up for each of them, with the roots that they would have had
  it('makes up for days that were missed', async () => {
    const scope = aScope()
    await writeChain(scope, [-4, -3, -2, -1])
    await anchorAudit()
    const roots = (await listed()).map(({ root }) => root)
    await asOwner(async (tx) => {
      await tx.execute(sql`delete from audit_anchor_heads where day > ${dayOf(-4)}::date`)
      await tx.execute(sql`delete from audit_anchors where day > ${dayOf(-4)}::date`)
    })
    expect(await anchorAudit()).toEqual({ days: 3, sealed: 3 })
    expect((await listed()).map(({ root }) => root)).toEqual(roots)
  })

  // breakage: the process dies between the log line and its note | the next run hands the same line outside again
  it('is handed outside by the next run when this one dies before it is', async () => {
    await writeChain(aScope(), [-1])
    handedOut.mockImplementationOnce(() => {
      throw new Error('the process died')
    })
    await expect(anchorAudit()).rejects.toThrow('the process died')
    expect(await listed()).toMatchObject([{ sentAt: null, mac: null }])
    expect(await anchorAudit()).toEqual({ days: 0, sealed: 1 })
  })

  // breakage: a transaction of yesterday is still open when the anchor is made | the anchor waits until it ends, and covers its row; no other transaction waits
  it('waits for a writer whose row is not committed yet', async () => {
    await writeChain(aScope(), [-2])
    const late = aScope()
    let anchoring: Promise<unknown> = Promise.resolve()
    await db().transaction(async (tx) => {
      await writeRow(tx, late, 1, noon(-1))
      anchoring = anchorAudit()
      await expect.poll(isWaiting, { timeout: 5_000 }).toBe(true)
      await db().transaction((other) => writeRow(other, aScope(), 1, noon(0)))
    })
    expect(await anchoring).toEqual({ days: 2, sealed: 2 })
    const heads = await db().select().from(auditAnchorHeads).where(eq(auditAnchorHeads.scope, late))
    expect(heads).toMatchObject([{ day: dayOf(-1), n: 1 }])
  })

  it.each([
    ['another root', sql`update audit_anchors set root = 'x'`],
    ['another seal', sql`update audit_anchors set mac = 'x'`],
    ['to be forgotten', sql`delete from audit_anchors`],
    ['to be emptied', sql`truncate audit_anchors`],
    ['another head', sql`update audit_anchor_heads set n = 9`],
    ['fewer heads', sql`delete from audit_anchor_heads`],
    ['no heads', sql`truncate audit_anchor_heads`],
  ])('refuses %s, even from a session that calls itself a replica', async (_, statement) => {
    await writeChain(aScope(), [-1])
    await anchorAudit()
    const attempt = db().transaction(async (tx) => {
      await tx.execute(sql`set local session_replication_role = replica`)
      await tx.execute(statement)
    })
    await expect(attempt).rejects.toMatchObject({
      cause: { message: expect.stringContaining('append-only') },
    })
  })
})

function listed() {
  return db().select().from(auditAnchors).orderBy(auditAnchors.day)
}

async function isWaiting(): Promise<boolean> {
  const [row] = await db().execute(sql`select from pg_stat_activity
    where datname = current_database() and query like '%anchor_audit%' and wait_event = 'PgSleep'`)
  return row !== undefined
}
