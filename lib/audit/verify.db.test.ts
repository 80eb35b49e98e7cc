import { eq, sql } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { db, disconnect, type Transaction } from '@/db/client'
import { users } from '@/db/schema/auth'
import { GREAT } from '@/lib/catalog/tiers.fixture'
import { shopper } from '@/lib/checkout/shop.fixture'
import { anchorAudit } from './anchor'
import { aScope, asOwner, dayOf, noon, rewriteHead, writeChain, writeRow } from './chains.fixture'
import { recordAudit } from './record'
import { verifyAudit } from './verify'

// Two rows a day for three days that are over, and two of today, which no anchor covers yet.
const DAYS = [-4, -4, -3, -3, -2, -2, 0, 0]

const intact = aScope()
// Chains that no test has tampered with yet, and those that one has.
const whole = Array.from({ length: 20 }, aScope)
const tampered: string[] = []

beforeAll(async () => {
  for (const scope of [intact, ...whole]) await writeChain(scope, DAYS)
  expect(await anchorAudit()).toEqual({ days: 4, sealed: 4 })
  expect((await verifyAudit()).faults).toEqual([])
})
afterAll(disconnect)

describe('verifying the audit trail', () => {
  // breakage: a row was altered | its hash does not fit: the verification names the row as altered
  it('finds that a row was altered', () =>
    finds({ of: 'chain', kind: 'altered', n: 3 }, (tx, scope) =>
      tx.execute(
        sql`update audit_log set after = '{"tier":"studio"}' where scope = ${scope} and n = 3`,
      ),
    ))

  // breakage: a row was altered and its hash with it | the row after it follows another one: the verification names the row as replaced
  it('finds that a row was altered and its hash with it', () =>
    finds({ of: 'chain', kind: 'replaced', n: 3 }, (tx, scope) => rehash(tx, scope, 3)))

  // breakage: the first row was replaced by one that follows something | a chain begins with nothing: the verification names row 1 as replaced
  it('finds that the first row was replaced by one that follows something', () =>
    finds({ of: 'chain', kind: 'replaced', n: 1 }, async (tx, scope) => {
      await tx.execute(sql`update audit_log set prev = 'ff' where scope = ${scope} and n = 1`)
      await tx.execute(
        sql`update audit_log set hash = audit_hash(prev, scope, n, at, actor, action, before, after, event_ids) where scope = ${scope} and n = 1`,
      )
      await rewriteFrom(tx, scope, 2, DAYS)
    }))

  // breakage: the last row was altered and its hash with it | row and head differ: the verification names the row
  it('finds that the last row was altered and its hash with it', () =>
    finds({ of: 'chain', kind: 'head_differs', n: 8 }, (tx, scope) => rehash(tx, scope, 8)))

  // breakage: a row in the middle was deleted | a number is missing: the verification names it
  it('finds that a row in the middle was deleted', () =>
    finds({ of: 'chain', kind: 'missing', n: 4 }, (tx, scope) =>
      tx.execute(sql`delete from audit_log where scope = ${scope} and n = 4`),
    ))

  // breakage: a row was deleted and those after it were numbered anew | a hash belongs to another place: the verification names the row as moved
  it('finds that a row was deleted and those after it were numbered anew', () =>
    finds({ of: 'chain', kind: 'moved', n: 4 }, async (tx, scope) => {
      await tx.execute(sql`delete from audit_log where scope = ${scope} and n = 4`)
      await tx.execute(sql`update audit_log set n = n - 1 where scope = ${scope} and n > 4`)
    }))

  // breakage: two rows changed places | the verification names the first of the two as moved
  it('finds that two rows changed places', () =>
    finds({ of: 'chain', kind: 'moved', n: 3 }, async (tx, scope) => {
      for (const [from, to] of [
        [3, 99],
        [4, 3],
        [99, 4],
      ]) {
        await tx.execute(sql`update audit_log set n = ${to} where scope = ${scope} and n = ${from}`)
      }
    }))

  // breakage: the last rows were deleted | the head knows of more: the verification names the first that was cut off
  it('finds that the last rows were deleted', () =>
    finds({ of: 'chain', kind: 'cut_off', n: 7 }, (tx, scope) =>
      tx.execute(sql`delete from audit_log where scope = ${scope} and n > 6`),
    ))

  // breakage: every row of a customer was deleted | the head knows of more: the verification names row 1 as cut off
  it('finds that every row of a customer was deleted', () =>
    finds({ of: 'chain', kind: 'cut_off', n: 1 }, (tx, scope) =>
      tx.execute(sql`delete from audit_log where scope = ${scope}`),
    ))

  // breakage: a row was inserted at the end | the head knows of fewer: the verification names the row as extra
  it('finds that a row was inserted at the end', () =>
    finds({ of: 'chain', kind: 'extra', n: 9 }, async (tx, scope) => {
      const [head] = await tx.execute(sql`select n, hash from audit_heads where scope = ${scope}`)
      await writeRow(tx, scope, 9, new Date())
      await tx.execute(
        sql`update audit_heads set n = ${String(head?.n)}::bigint, hash = ${String(head?.hash)} where scope = ${scope}`,
      )
    }))

  // breakage: a row was inserted before the first | the verification names the row as extra
  it('finds that a row was inserted before the first', () =>
    finds({ of: 'chain', kind: 'extra', n: 0 }, (tx, scope) => writeRow(tx, scope, 0, noon(-4))))

  // breakage: the head was changed | the verification names the last row, which the head contradicts
  it('finds that the head was changed', () =>
    finds({ of: 'chain', kind: 'head_differs', n: 8 }, (tx, scope) =>
      tx.execute(sql`update audit_heads set hash = repeat('0', 64) where scope = ${scope}`),
    ))

  // breakage: the head was deleted | the verification names the last row, which no head knows
  it('finds that the head was deleted', () =>
    finds({ of: 'chain', kind: 'head_missing', n: 8 }, (tx, scope) =>
      tx.execute(sql`delete from audit_heads where scope = ${scope}`),
    ))

  // breakage: anchored rows were deleted and the head was rewritten | the chain looks whole, and the anchor knows of more: the first removed row is named
  it('finds that anchored rows were deleted and the head was rewritten', () =>
    finds({ of: 'anchor', kind: 'removed', n: 5, day: dayOf(-2) }, async (tx, scope) => {
      await tx.execute(sql`delete from audit_log where scope = ${scope} and n > 4`)
      await rewriteHead(tx, scope)
    }))

  // breakage: a customer disappeared with rows and head | nothing is left but the anchor, which names row 1 as removed
  it('finds that a customer disappeared with rows and head', () =>
    finds({ of: 'anchor', kind: 'removed', n: 1, day: dayOf(-4) }, async (tx, scope) => {
      await tx.execute(sql`delete from audit_log where scope = ${scope}`)
      await tx.execute(sql`delete from audit_heads where scope = ${scope}`)
    }))

  // breakage: a chain was rewritten from row 3 on, consistently | only the anchor shows it: it names row 4, its last of that day, and row 3 as where doubt begins
  it('finds that a chain was rewritten from row 3 on, consistently', () =>
    finds({ of: 'anchor', kind: 'rewritten', n: 4, since: 3, day: dayOf(-3) }, (tx, scope) =>
      rewriteFrom(tx, scope, 3, DAYS),
    ))

  // breakage: a row was added to a day that was anchored, and the rest rewritten | the chain looks whole, and the anchor names the row
  it('finds that a row was added to a day that was anchored, and the rest rewritten', () =>
    finds({ of: 'anchor', kind: 'added_later', n: 5, since: 3, day: dayOf(-3) }, (tx, scope) =>
      rewriteFrom(tx, scope, 5, [-4, -4, -3, -3, -3, -2, -2, 0, 0]),
    ))

  // breakage: a chain was made for a customer who had none then | the chain looks whole, and no anchor knows it: its first row is named
  it('finds that a chain was made for a customer who had none then', () =>
    finds(
      { of: 'anchor', kind: 'added_later', n: 1, day: dayOf(-3) },
      (tx, scope) => writeRow(tx, scope, 1, noon(-3)),
      aScope(),
    ))

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
      recordAudit(tx, actor, { scope: `user:${userId}`, action: 'person.erase' }),
    )
    await db().delete(users).where(eq(users.id, userId))
    expect(await verifyAudit({ scope: `user:${userId}` })).toMatchObject({ rows: 1, faults: [] })
  })

  it('names the first row of every broken chain when it is asked for all', async () => {
    const { faults } = await verifyAudit()
    const named = faults.map((fault) => ('scope' in fault ? fault.scope : fault.day))
    expect(named.sort()).toEqual(tampered.sort())
  })
})

async function finds(
  fault: Record<string, unknown>,
  how: (tx: Transaction, scope: string) => Promise<unknown>,
  scope = whole.pop() ?? '',
) {
  await asOwner((tx) => how(tx, scope))
  tampered.push(scope)
  const { faults } = await verifyAudit({ scope })
  expect(faults).toEqual([expect.objectContaining({ ...fault, scope })])
}

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
    if (i + 1 >= n) await writeRow(tx, scope, i + 1, noon(day), GREAT)
  }
}
