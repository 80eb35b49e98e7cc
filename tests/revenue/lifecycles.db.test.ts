import { sql } from 'drizzle-orm'
import { afterAll, beforeEach, expect, it } from 'vitest'
import { db, disconnect } from '@/db/client'
import { systemActor } from '@/lib/audit/actor'
import { parseCustomerId } from '@/lib/ids'
import { replaceStripeClient } from '@/lib/stripe/client'
import { syncCustomer } from '@/lib/sync/sync-customer'
import type { Random } from '@/tests/simulation/random'
import { arrive, enroll, portsAt } from './arrive'
import { expectSame } from './expect-same'
import { live, type Sent } from './live'

const CUSTOMERS = 8
const MONTHS = 6
const met = new Set<string>()

afterAll(disconnect)
beforeEach(async () => {
  await db().execute(
    sql`truncate revenue_moments, revenue_movements, revenue_totals, revenue_subscriptions, revenue_invoices`,
  )
})

it.each([1, 2])(
  'the months of random lifecycles equal what is counted by hand at each month’s end, where events arrive in order (seed %i)',
  async (seed) => {
    const options = { seed, customers: CUSTOMERS, months: MONTHS, discounts: 'any' as const }
    const lifecycles = await live(options, async ({ stripe, lived, events, now }) => {
      replaceStripeClient(stripe)
      await enroll(lived)
      for (const event of events) await arrive(event, now)
    })
    for (const outcome of await expectSame(lifecycles)) met.add(outcome)
  },
  60_000,
)

it.each([11, 12])(
  'the same events give the same months late, out of order and twice (seed %i)',
  async (seed) => {
    const held: Sent[] = []
    const options = { seed, customers: CUSTOMERS, months: MONTHS, discounts: 'one' as const }
    const lifecycles = await live(options, async ({ stripe, lived, events, now, random }) => {
      replaceStripeClient(stripe)
      await enroll(lived)
      const due = [...held.splice(0), ...events]
      const last = lived[0]?.ends.length === MONTHS
      // A part is yet on its way when the next month is over.
      for (const event of shuffled(due, random)) {
        if (!last && random.chance(0.3)) held.push(event)
        else await arrive(event, now)
      }
      for (const event of shuffled(due, random).slice(0, 5)) await arrive(event, now)
    })
    for (const outcome of await expectSame(lifecycles)) met.add(outcome)
  },
  60_000,
)

it('where no event arrives at all, a read at each month’s end gives the same months', async () => {
  const options = { seed: 21, customers: CUSTOMERS, months: MONTHS, discounts: 'none' as const }
  const lifecycles = await live(options, async ({ stripe, lived, now }) => {
    replaceStripeClient(stripe)
    await enroll(lived)
    for (const { customerId } of lived)
      await syncCustomer(portsAt(now), parseCustomerId(customerId), systemActor('scan'))
  })
  await expectSame({ ...lifecycles, events: null })
}, 60_000)

it('those lifecycles had failed payments and trials of every outcome', () => {
  const all = ['recovered', 'lost', 'owed', 'converted', 'lapsed', 'running']
  expect([...met].sort()).toEqual(all.sort())
})

function shuffled<T>(all: readonly T[], random: Random): T[] {
  return all
    .map((each) => ({ each, at: random.between(0, 1_000_000) }))
    .sort((a, b) => a.at - b.at)
    .map(({ each }) => each)
}
