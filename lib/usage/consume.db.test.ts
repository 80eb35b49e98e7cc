import { randomUUID } from 'node:crypto'
import { eq, sql } from 'drizzle-orm'
import fc from 'fast-check'
import { afterAll, beforeEach, describe, expect, it } from 'vitest'
import { db, disconnect } from '@/db/client'
import { countUsage } from '@/db/queries/usage'
import { rowsOf } from '@/db/rows-of'
import { entitlements, subscriptions } from '@/db/schema/billing'
import { usageCounters, usageEvents } from '@/db/schema/usage'
import { readBilling } from '@/lib/billing/read'
import { fromUnix } from '@/lib/clock'
import { PATIENCE, within } from '@/lib/deadline'
import { usagePeriod } from '@/lib/entitlements/usage-period'
import { Invalid } from '@/lib/errors'
import type { SubscriptionId, WorkspaceId } from '@/lib/ids'
import { oneCustomer } from '@/lib/sync/one-customer.fixture'
import { row } from '@/lib/sync/rows.fixture'
import { consume } from './consume'
import { limitOf } from './limit-of.fixture'
import { USAGE_RULES } from './rules'

let workspaceId: WorkspaceId
beforeEach(async () => {
  workspaceId = (await oneCustomer()).workspaceId
})
afterAll(disconnect)

// A plan of so many uses a month, for as long as it is given.
const plan = (monthlyUses: number, until?: Date) => limitOf(workspaceId, monthlyUses, until)

// The subscription that the plan comes of, with this period.
async function subscription(period: { currentPeriodStart: Date; currentPeriodEnd: Date }) {
  const id: SubscriptionId = `sub_${workspaceId.replaceAll('-', '')}`
  const values = { ...row({ id, ...period }), customerId: `cus_${id.slice(4)}` as const }
  const target = subscriptions.id
  await db().insert(subscriptions).values(values).onConflictDoUpdate({ target, set: period })
  await db().update(entitlements).set({ subscriptionId: id }).where(mine(entitlements))
}

const counters = () => db().select().from(usageCounters).where(mine(usageCounters))
const used = async () => (await counters()).reduce((sum, { used }) => sum + used, 0)

function mine(table: typeof entitlements | typeof usageCounters) {
  return eq(table.workspaceId, workspaceId)
}

// Stripe's instants are whole seconds.
const FULL_SECOND = Math.floor(Date.now() / 1000) * 1000
const day = (days: number) => new Date(FULL_SECOND + days * 86_400_000)

describe('the monthly limit', () => {
  it('lets exactly so many pass of a thousand at once', async () => {
    await plan(100)
    const thousand = Array.from({ length: 1_000 }, (_, n) => `use-${n}`)
    // As long as it takes: how soon they are answered is not what this is about.
    const answers = await within(PATIENCE.operator, () =>
      Promise.all(thousand.map((key) => consume(workspaceId, 1, key))),
    )
    expect(answers.filter(({ outcome }) => outcome === 'allowed')).toHaveLength(100)
    expect(answers.filter(({ outcome }) => outcome === 'limit_reached')).toHaveLength(900)
    expect(await used()).toBe(100)
  }, 120_000)

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

  it('is Free’s once the plan has run out, whether or not an event said so', async () => {
    await plan(500, new Date(Date.now() - 1_000))
    expect(await consume(workspaceId, 11, 'a')).toMatchObject({ allowed: false, limit: 10 })
    expect(await consume(workspaceId, 10, 'b')).toMatchObject({ allowed: true, used: 10 })
  })

  it('begins anew with a month, and a key is not used twice at its turn', async () => {
    const use = (month: string, useKey: string) =>
      countUsage({
        workspaceId,
        now: new Date(`${month}-15T12:00:00Z`),
        useKey,
        quantity: 10,
        holdSeconds: null,
        rules: USAGE_RULES,
        planState: null,
      })
    expect(await use('2027-01', 'a')).toMatchObject({ outcome: 'allowed', used: 10 })
    expect(await use('2027-01', 'b')).toMatchObject({ outcome: 'limit_reached' })
    expect(await use('2027-02', 'a')).toMatchObject({ outcome: 'already_counted', used: 0 })
    expect(await use('2027-02', 'b')).toMatchObject({ outcome: 'allowed', used: 10 })
  })
})

describe('the period of a limit', () => {
  it('is the subscription’s own month, whatever the calendar says', async () => {
    await plan(2)
    const [start, end] = [day(-10), day(20)]
    await subscription({ currentPeriodStart: start, currentPeriodEnd: end })
    expect(await consume(workspaceId, 2, 'a')).toMatchObject({ used: 2, resetsAt: end })
    const [counter] = await counters()
    expect(counter?.periodStart).toEqual(start)
  })

  it('begins anew with a renewal, before and after we hear of it', async () => {
    await plan(2)
    await subscription({ currentPeriodStart: day(-40), currentPeriodEnd: day(-9) })
    expect(await consume(workspaceId, 1, 'a')).toMatchObject({ used: 1, limit: 2 })
    await subscription({ currentPeriodStart: day(-9), currentPeriodEnd: day(21) })
    expect(await consume(workspaceId, 1, 'b')).toMatchObject({ used: 2, resetsAt: day(21) })
    expect(await consume(workspaceId, 1, 'c')).toMatchObject({ outcome: 'limit_reached' })
  })

  it('is what a billing page shows, with what was used in it', async () => {
    await plan(100)
    await subscription({ currentPeriodStart: day(-10), currentPeriodEnd: day(20) })
    const { used, limit, resetsAt } = await consume(workspaceId, 7, 'a')
    expect((await readBilling(workspaceId)).usage).toMatchObject({ used, limit, resetsAt })
  })

  it('is for any subscription and any instant what the page works out', async () => {
    const instant = fc.integer({ min: 946_684_800, max: 4_102_444_800 }).map((s) => fromUnix(s))
    const lengths = fc.constantFrom(1, 7, 14, 28, 29, 30, 31, 59, 61, 90, 365, 366)
    const cases = fc.sample(fc.tuple(instant, lengths, fc.integer({ min: -1, max: 800 })), 2_000)
    const given = cases.map(([start, length, after]) => {
      const own = { start, end: new Date(+start + length * 86_400_000) }
      return { own, now: new Date(+start + after * 86_400_000 + 3_600_000) }
    })
    const inSql = await rowsOf<{ from: string; until: string }>(sql`
      select extract(epoch from p.v_from)::float8 as from, extract(epoch from p.v_until)::float8 as until
      from jsonb_array_elements(${JSON.stringify(given)}::jsonb) with ordinality g (e, n),
        lateral usage_period((e->>'now')::timestamptz, (e->'own'->>'start')::timestamptz, (e->'own'->>'end')::timestamptz) p
      order by n`)
    const inPages = given.map(({ own, now }) => usagePeriod(now, own))
    expect(inSql).toEqual(
      inPages.map(({ start, end }) => ({ from: +start / 1000, until: +end / 1000 })),
    )
  })
})

describe('a use that is retried', () => {
  it('counts once, however many tries arrive together', async () => {
    const answers = await Promise.all(
      Array.from({ length: 50 }, () => consume(workspaceId, 3, 'one')),
    )
    expect(answers.every(({ allowed }) => allowed)).toBe(true)
    expect(answers.filter(({ outcome }) => outcome === 'already_counted')).toHaveLength(49)
    expect(await used()).toBe(3)
    expect(await db().$count(usageEvents, eq(usageEvents.workspaceId, workspaceId))).toBe(1)
  })

  it('is not another user’s use of the same name', async () => {
    const other = (await oneCustomer()).workspaceId
    await consume(workspaceId, 1, 'same')
    expect(await consume(other, 1, 'same')).toMatchObject({ used: 1 })
  })

  it('under the key of another quantity is refused as such, and counts nothing', async () => {
    await consume(workspaceId, 3, 'one')
    const again = consume(workspaceId, 4, 'one')
    await expect(again).rejects.toMatchObject({ code: 'conflict', reason: 'use_key_taken' })
    expect(await used()).toBe(3)
  })

  it('after it was refused may pass later', async () => {
    await plan(1)
    expect(await consume(workspaceId, 2, 'big')).toMatchObject({ allowed: false, used: 0 })
    await plan(2)
    expect(await consume(workspaceId, 2, 'big')).toMatchObject({ allowed: true, used: 2 })
  })
})

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
