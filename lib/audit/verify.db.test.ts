import { eq, sql } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { db, disconnect, type Transaction } from '@/db/client'
import { users } from '@/db/schema/auth'
import { shopper } from '@/lib/checkout/shop.fixture'
import { anchorAudit } from './anchor'
import { aScope, asOwner, dayOf, noon, rewriteHead, writeChain, writeRow } from './chains.fixture'
import { recordAudit } from './record'
import { verifyAudit } from './verify'

// Two rows a day for three days that are over, and two of today, which no anchor covers yet.
const DAYS = [-4, -4, -3, -3, -2, -2, 0, 0]

type Tampering = {
  what: string
  how: (tx: Transaction, scope: string) => Promise<unknown>
  finds: Record<string, unknown>
}

const TAMPERINGS: readonly Tampering[] = [
  // breakage: a row was altered | its hash does not fit: the verification names the row as altered
  {
    what: 'a row was altered',
    how: (tx, scope) =>
      tx.execute(
        sql`update audit_log set after = '{"tier":"studio"}' where scope = ${scope} and n = 3`,
      ),
    finds: { of: 'chain', kind: 'altered', n: 3 },
  },
  // breakage: a row was altered and its hash with it | the row after it follows another one: the verification names the row as replaced
  {
    what: 'a row was altered and its hash with it',
    how: (tx, scope) => rehash(tx, scope, 3),
    finds: { of: 'chain', kind: 'replaced', n: 3 },
  },
  // breakage: the first row was replaced by one that follows something | a chain begins with nothing: the verification names row 1 as replaced
  {
    what: 'the first row was replaced by one that follows something',
    how: async (tx, scope) => {
      await tx.execute(sql`update audit_log set prev = 'ff' where scope = ${scope} and n = 1`)
      await tx.execute(
        sql`update audit_log set hash = audit_hash(prev, scope, n, at, actor, action, before, after, event_ids) where scope = ${scope} and n = 1`,
      )
      await rewriteFrom(tx, scope, 2, DAYS)
    },
    finds: { of: 'chain', kind: 'replaced', n: 1 },
  },
  // breakage: the last row was altered and its hash with it | row and head differ: the verification names the row
  {
    what: 'the last row was altered and its hash with it',
    how: (tx, scope) => rehash(tx, scope, 8),
    finds: { of: 'chain', kind: 'head_differs', n: 8 },
  },
  // breakage: a row in the middle was deleted | a number is missing: the verification names it
  {
    what: 'a row in the middle was deleted',
    how: (tx, scope) => tx.execute(sql`delete from audit_log where scope = ${scope} and n = 4`),
    finds: { of: 'chain', kind: 'missing', n: 4 },
  },
  // breakage: a row was deleted and those after it were numbered anew | a hash belongs to another place: the verification names the row as moved
  {
    what: 'a row was deleted and those after it were numbered anew',
    how: async (tx, scope) => {
      await tx.execute(sql`delete from audit_log where scope = ${scope} and n = 4`)
      await tx.execute(sql`update audit_log set n = n - 1 where scope = ${scope} and n > 4`)
    },
    finds: { of: 'chain', kind: 'moved', n: 4 },
  },
  // breakage: two rows changed places | the verification names the first of the two as moved
  {
    what: 'two rows changed places',
    how: async (tx, scope) => {
      for (const [from, to] of [
        [3, 99],
        [4, 3],
        [99, 4],
      ]) {
        await tx.execute(sql`update audit_log set n = ${to} where scope = ${scope} and n = ${from}`)
      }
    },
    finds: { of: 'chain', kind: 'moved', n: 3 },
  },
  // breakage: the last rows were deleted | the head knows of more: the verification names the first that was cut off
  {
    what: 'the last rows were deleted',
    how: (tx, scope) => tx.execute(sql`delete from audit_log where scope = ${scope} and n > 6`),
    finds: { of: 'chain', kind: 'cut_off', n: 7 },
  },
  // breakage: every row of a customer was deleted | the head knows of more: the verification names row 1 as cut off
  {
    what: 'every row of a customer was deleted',
    how: (tx, scope) => tx.execute(sql`delete from audit_log where scope = ${scope}`),
    finds: { of: 'chain', kind: 'cut_off', n: 1 },
  },
  // breakage: a row was inserted at the end | the head knows of fewer: the verification names the row as extra
  {
    what: 'a row was inserted at the end',
    how: async (tx, scope) => {
      const [head] = await tx.execute(sql`select n, hash from audit_heads where scope = ${scope}`)
      await writeRow(tx, scope, 9, new Date())
      await tx.execute(
        sql`update audit_heads set n = ${String(head?.n)}::bigint, hash = ${String(head?.hash)} where scope = ${scope}`,
      )
    },
    finds: { of: 'chain', kind: 'extra', n: 9 },
  },
  // breakage: a row was inserted before the first | the verification names the row as extra
  {
    what: 'a row was inserted before the first',
    how: (tx, scope) => writeRow(tx, scope, 0, noon(-4)),
    finds: { of: 'chain', kind: 'extra', n: 0 },
  },
  // breakage: the head was changed | the verification names the last row, which the head contradicts
  {
    what: 'the head was changed',
    how: (tx, scope) =>
      tx.execute(sql`update audit_heads set hash = repeat('0', 64) where scope = ${scope}`),
    finds: { of: 'chain', kind: 'head_differs', n: 8 },
  },
  // breakage: the head was deleted | the verification names the last row, which no head knows
  {
    what: 'the head was deleted',
    how: (tx, scope) => tx.execute(sql`delete from audit_heads where scope = ${scope}`),
    finds: { of: 'chain', kind: 'head_missing', n: 8 },
  },
  // breakage: anchored rows were deleted and the head was rewritten | the chain looks whole, and the anchor knows of more: the first removed row is named
  {
    what: 'anchored rows were deleted and the head was rewritten',
    how: async (tx, scope) => {
      await tx.execute(sql`delete from audit_log where scope = ${scope} and n > 4`)
      await rewriteHead(tx, scope)
    },
    finds: { of: 'anchor', kind: 'removed', n: 5, day: dayOf(-2) },
  },
  // breakage: a customer disappeared with rows and head | nothing is left but the anchor, which names row 1 as removed
  {
    what: 'a customer disappeared with rows and head',
    how: async (tx, scope) => {
      await tx.execute(sql`delete from audit_log where scope = ${scope}`)
      await tx.execute(sql`delete from audit_heads where scope = ${scope}`)
    },
    finds: { of: 'anchor', kind: 'removed', n: 1, day: dayOf(-4) },
  },
  // breakage: a chain was rewritten from row 3 on, consistently | only the anchor tells: it names row 4, its last of that day, and row 3 as where doubt begins
  {
    what: 'a chain was rewritten from row 3 on, consistently',
    how: (tx, scope) => rewriteFrom(tx, scope, 3, DAYS),
    finds: { of: 'anchor', kind: 'rewritten', n: 4, since: 3, day: dayOf(-3) },
  },
  // breakage: a row was added to a day that was anchored, and the rest rewritten | the chain looks whole, and the anchor names the row
  {
    what: 'a row was added to a day that was anchored, and the rest rewritten',
    how: (tx, scope) => rewriteFrom(tx, scope, 5, [-4, -4, -3, -3, -3, -2, -2, 0, 0]),
    finds: { of: 'anchor', kind: 'added_later', n: 5, since: 3, day: dayOf(-3) },
  },
  // breakage: a chain was made for a customer who had none then | the chain looks whole, and no anchor knows it: its first row is named
  {
    what: 'a chain was made for a customer who had none then',
    how: (tx, scope) => writeRow(tx, `${scope}_late`, 1, noon(-3)),
    finds: { of: 'anchor', kind: 'added_later', n: 1, day: dayOf(-3) },
  },
]

const tamperings = TAMPERINGS.map((tampering) => ({ ...tampering, scope: aScope() }))

const intact = aScope()

beforeAll(async () => {
  for (const scope of [intact, ...tamperings.map(({ scope }) => scope)])
    await writeChain(scope, DAYS)
  expect(await anchorAudit()).toEqual({ days: 4, sealed: 4 })
  expect((await verifyAudit()).faults).toEqual([])
})
afterAll(disconnect)

describe('verifying the audit trail', () => {
  it.each(tamperings)('finds it when $what', async ({ how, scope, finds }) => {
    await asOwner((tx) => how(tx, scope))
    const named = finds.n === 1 && finds.kind === 'added_later' ? `${scope}_late` : scope
    expect((await verifyAudit({ scope: named })).faults).toEqual([
      expect.objectContaining({ ...finds, scope: named }),
    ])
  })

  it('finds nothing in the chain next to it', async () => {
    expect(await verifyAudit({ scope: intact })).toEqual({
      rows: DAYS.length,
      chains: 1,
      anchoredThrough: dayOf(-1),
      faults: [],
    })
  })

  it('finds nothing after a person was erased: a trail names them by id alone', async () => {
    const { userId, actor } = await shopper()
    await db().transaction((tx) =>
      recordAudit(tx, actor, { scope: `user:${userId}`, action: 'account.erase' }),
    )
    await db().delete(users).where(eq(users.id, userId))
    expect(await verifyAudit({ scope: `user:${userId}` })).toMatchObject({ rows: 1, faults: [] })
  })

  it('names the first row of every broken chain when it is asked for all', async () => {
    const { faults } = await verifyAudit()
    expect(faults).toHaveLength(tamperings.length)
  })
})

// As who holds the database and knows how we hash would do it.
function rehash(tx: Transaction, scope: string, n: number) {
  return tx.execute(sql`
    update audit_log set after = '{"tier":"studio"}',
      hash = audit_hash(prev, scope, n, at, actor, action, before, '{"tier":"studio"}', event_ids)
    where scope = ${scope} and n = ${n}`)
}

async function rewriteFrom(tx: Transaction, scope: string, n: number, days: readonly number[]) {
  await tx.execute(sql`delete from audit_log where scope = ${scope} and n >= ${n}`)
  for (const [i, day] of days.entries()) {
    if (i + 1 >= n) await writeRow(tx, scope, i + 1, noon(day), 'studio')
  }
}
