import { sql } from 'drizzle-orm'
import postgres from 'postgres'
import { afterAll, beforeEach, describe, expect, it } from 'vitest'
import { db, disconnect } from '@/db/client'
import { readHealth } from '@/db/queries/health'
import { SMALL } from '@/lib/catalog/tiers.fixture'
import { env } from '@/lib/env'
import { drainTarget } from '@/lib/sync/drain-target'
import { claimed, oneCustomer } from '@/lib/sync/one-customer.fixture'
import { noteAllLeftOut } from './note-left-out'

const actor = { type: 'system', job: 'test' } as const
const never = () => false
const other = postgres(env().databaseUrl, { max: 1, onnotice: () => {} })

beforeEach(async () => {
  await db().execute(sql`truncate revenue_totals, revenue_movements, revenue_moments`)
})
afterAll(async () => {
  await other.end()
  await disconnect()
})

describe('revenue that was left out because another transaction held its sums for too long', () => {
  it('is counted by the next drain, as it would have been, and access was given meanwhile', async () => {
    const one = await subscriber()
    await whileSumsAreHeld(() => one.sync())
    expect(await one.entitlement()).toMatchObject({ tier: SMALL, access: 'full' })
    expect(await sums()).toEqual({ customers: 0, mrr: 0 })
    expect((await readHealth(12))?.revenueFor).toBeGreaterThanOrEqual(0)

    expect(await noteAllLeftOut(never)).toBe(1)
    expect(await sums()).toEqual({ customers: 1, mrr: 1900 })
    expect((await readHealth(12))?.revenueFor).toBeNull()
  })

  it('is counted once by several drains at the same time, each customer whole', async () => {
    const some = await Promise.all([subscriber(), subscriber(), subscriber()])
    await whileSumsAreHeld(() => Promise.all(some.map((one) => one.sync())))
    const noted = await Promise.all(Array.from({ length: 4 }, () => noteAllLeftOut(never)))
    await noteAllLeftOut(never)
    expect(noted.reduce((sum, n) => sum + n, 0)).toBeLessThanOrEqual(3)
    expect(await sums()).toEqual({ customers: 3, mrr: 5700 })
    expect((await readHealth(12))?.revenueFor).toBeNull()
  })

  it('waits on while it cannot be counted, at growing distances, and says why', async () => {
    const one = await subscriber()
    await whileSumsAreHeld(async () => {
      await one.sync()
      expect(await noteAllLeftOut(never)).toBe(0)
    })
    const [row] =
      await db().execute(sql`select attempts, error, next_run_at > clock_timestamp() as later
      from revenue_left_out where customer_id = ${one.customerId}`)
    expect(row).toMatchObject({ attempts: 1, error: expect.stringContaining('55P03'), later: true })
    await db().execute(sql`update revenue_left_out set next_run_at = clock_timestamp()`)
    expect(await noteAllLeftOut(never)).toBe(1)
  })

  it('adds nothing to what a later sync of the same customer has counted already', async () => {
    const one = await subscriber()
    await whileSumsAreHeld(() => one.sync())
    await one.ends()
    await one.sync()
    await noteAllLeftOut(never)
    await noteAllLeftOut(never)
    const [row] = await db().execute(sql`select count(*)::int as moments from revenue_moments
      where customer_id = ${one.customerId}`)
    expect(row).toEqual({ moments: 2 })
    expect(await sums()).toEqual({ customers: 0, mrr: 0 })
  })
})

async function subscriber() {
  const one = await oneCustomer()
  one.stripe.show(one.snapshot())
  return {
    ...one,
    async sync() {
      await one.setTarget({ leaseUntil: null, nextRunAt: new Date(0) })
      await drainTarget(one.ports, claimed((await one.ingest()).claim), actor)
    },
    ends() {
      const endedAt = new Date()
      one.stripe.show(one.snapshot({ status: 'canceled', endedAt }))
    },
  }
}

async function whileSumsAreHeld(work: () => Promise<unknown>): Promise<void> {
  await other.begin(async (held) => {
    await held`lock table revenue_totals in access exclusive mode`
    await work()
  })
}

async function sums() {
  const [row] = await db().execute(sql`select coalesce(sum(customers), 0)::int as customers,
    coalesce(sum(mrr_after), 0)::int as mrr from revenue_totals`)
  return row
}
