import { randomUUID } from 'node:crypto'
import { eq } from 'drizzle-orm'
import fc from 'fast-check'
import { afterAll, beforeEach, describe, expect, it } from 'vitest'
import { db, disconnect } from '@/db/client'
import { consumeUsage } from '@/db/queries/usage'
import { entitlements } from '@/db/schema/billing'
import { usageCounters, usageEvents } from '@/db/schema/usage'
import { Invalid } from '@/lib/errors'
import type { WorkspaceId } from '@/lib/ids'
import { oneCustomer } from '@/lib/sync/one-customer.fixture'
import { entitlement } from '@/lib/sync/rows.fixture'
import { consume } from './consume'

let workspaceId: WorkspaceId
beforeEach(async () => {
  workspaceId = (await oneCustomer()).workspaceId
})
afterAll(disconnect)

// A plan of so many uses a month, for as long as it is given.
async function plan(monthlyUses: number, validUntil = new Date(Date.now() + 86_400_000)) {
  const row = entitlement({ workspaceId, limits: { monthlyUses }, validUntil })
  const set = { limits: row.limits, validUntil }
  await db()
    .insert(entitlements)
    .values(row)
    .onConflictDoUpdate({ target: entitlements.workspaceId, set })
}

const used = async () => {
  const [row] = await db()
    .select()
    .from(usageCounters)
    .where(eq(usageCounters.workspaceId, workspaceId))
  return row?.used ?? 0
}

describe('the monthly limit', () => {
  // breakage: somebody spends their limit a thousand times at once | exactly the limit passes, and the rest is refused
  it('lets exactly so many pass of a thousand at once, in each of twenty rounds', async () => {
    for (let round = 0; round < 20; round += 1) {
      workspaceId = (await oneCustomer()).workspaceId
      await plan(100)
      const answers = await Promise.all(
        Array.from({ length: 1_000 }, (_, n) => consume(workspaceId, 1, `use-${n}`)),
      )
      expect(answers.filter(({ allowed }) => allowed)).toHaveLength(100)
      expect(await used()).toBe(100)
    }
  }, 300_000)

  it('is Free’s for who never bought', async () => {
    const answers = []
    for (let n = 0; n < 12; n += 1) answers.push(await consume(workspaceId, 1, `${n}`))
    expect(answers.map(({ allowed }) => allowed)).toEqual([...Array(10).fill(true), false, false])
    expect(answers.at(-1)).toMatchObject({ used: 10, limit: 10, resetsAt: expect.any(Date) })
  })

  it('follows the plan in the middle of a month, and keeps what was used', async () => {
    await plan(2)
    await consume(workspaceId, 2, 'a')
    expect(await consume(workspaceId, 1, 'b')).toMatchObject({ allowed: false, used: 2, limit: 2 })
    await plan(5)
    expect(await consume(workspaceId, 1, 'b')).toMatchObject({ allowed: true, used: 3, limit: 5 })
    await plan(1)
    expect(await consume(workspaceId, 1, 'c')).toMatchObject({ allowed: false, used: 3, limit: 1 })
  })

  it('is Free’s once the plan has run out, whether or not anybody told us', async () => {
    await plan(500, new Date(Date.now() - 1_000))
    expect(await consume(workspaceId, 11, 'a')).toMatchObject({ allowed: false, limit: 10 })
    expect(await consume(workspaceId, 10, 'b')).toMatchObject({ allowed: true, used: 10 })
  })

  it('begins anew with a month, and a key is not used twice at its turn', async () => {
    const use = (month: string, useKey: string) => {
      const periodStart = new Date(`${month}-01T00:00:00Z`)
      const given = { workspaceId, now: new Date(), useKey, quantity: 10, free: 10, limit: null }
      return consumeUsage({ ...given, periodStart })
    }
    expect(await use('2027-01', 'a')).toMatchObject({ outcome: 'allowed', used: 10 })
    expect(await use('2027-01', 'b')).toMatchObject({ outcome: 'refused' })
    expect(await use('2027-02', 'a')).toMatchObject({ outcome: 'repeated', used: 0 })
    expect(await use('2027-02', 'b')).toMatchObject({ outcome: 'allowed', used: 10 })
  })
})

describe('a use that is retried', () => {
  it('counts once, however many tries arrive together', async () => {
    const answers = await Promise.all(
      Array.from({ length: 50 }, () => consume(workspaceId, 3, 'one')),
    )
    expect(answers.every(({ allowed }) => allowed)).toBe(true)
    expect(await used()).toBe(3)
    expect(await db().$count(usageEvents, eq(usageEvents.workspaceId, workspaceId))).toBe(1)
  })

  it('is not another user’s use of the same name', async () => {
    const other = (await oneCustomer()).workspaceId
    await consume(workspaceId, 1, 'same')
    expect(await consume(other, 1, 'same')).toMatchObject({ used: 1 })
  })

  it('after it was refused may pass later', async () => {
    await plan(1)
    expect(await consume(workspaceId, 2, 'big')).toMatchObject({ allowed: false, used: 0 })
    await plan(2)
    expect(await consume(workspaceId, 2, 'big')).toMatchObject({ allowed: true, used: 2 })
  })
})

it('any uses, in any order, sum up as a counter on paper does', async () => {
  const uses = fc.array(
    fc.record({ key: fc.integer({ min: 0, max: 6 }), n: fc.integer({ min: 1, max: 5 }) }),
  )
  await fc.assert(
    fc.asyncProperty(uses, fc.integer({ min: 0, max: 15 }), async (given, limit) => {
      workspaceId = (await oneCustomer()).workspaceId
      await plan(limit)
      const paper = new Map<number, number>()
      let sum = 0
      for (const { key, n } of given) {
        const fits = paper.has(key) || sum + n <= limit
        if (fits && !paper.has(key)) {
          paper.set(key, n)
          sum += n
        }
        expect(await consume(workspaceId, n, `${key}`)).toMatchObject({
          allowed: fits,
          used: sum,
          limit,
        })
      }
    }),
    { numRuns: 40 },
  )
}, 60_000)

it.each([
  [0, 'a'],
  [-1, 'a'],
  [0.5, 'a'],
  [Number.NaN, 'a'],
  [Number.POSITIVE_INFINITY, 'a'],
  [1, ''],
  [1, 'a b'],
  [1, `x${'x'.repeat(200)}`],
  [1, randomUUID() + String.fromCharCode(0)],
])('%d uses under %j are none', async (quantity, key) => {
  await expect(consume(workspaceId, quantity, key)).rejects.toThrow(Invalid)
  expect(await used()).toBe(0)
})
