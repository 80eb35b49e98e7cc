import { sql } from 'drizzle-orm'
import postgres from 'postgres'
import { afterAll, expect, it, vi } from 'vitest'
import { db, disconnect } from '@/db/client'
import { systemActor } from '@/lib/audit/actor'
import { BRAND } from '@/lib/brand'
import { env } from '@/lib/env'
import type { SubscriptionId } from '@/lib/ids'
import { migrate } from './migrate'
import { reportText } from './report'
import type { Route } from './route'

// A hundred thousand previews would be of the sandbox's speed. What is asked is ours: the rows, the pages, the report.
const stripe = vi.hoisted(() => ({ asked: 0, pace: 0 }))
vi.mock('@/lib/stripe/price-moves', () => ({
  retrieveMovable: async (id: SubscriptionId) => ({
    ...{ id, currency: 'usd', intervalCount: 1, interval: 'month', trialEnd: null, schedule: null },
    // Of each ten one is not paid.
    status: Number(id.slice(4)) % 10 === 0 ? 'past_due' : 'active',
    items: [{ id: 'si_1', priceId: 'price_old', quantity: 1, periodEnd: new Date('2027-01-20') }],
    ...{ anchor: new Date('2026-11-20'), isCanceling: false, isChangePending: false },
    ...{ isCollectionPaused: false, metadata: { app: BRAND.stripe.app, env: 'test' } },
  }),
  async previewTotal(_: SubscriptionId, priced?: object) {
    stripe.asked += 1
    return { amount: priced ? 2400 : 1900, currency: 'usd' }
  },
}))
vi.mock('@/lib/sync/production-ports', () => ({
  productionPorts: () => ({
    async pace() {
      stripe.pace += 1
    },
  }),
}))

afterAll(disconnect)

const MANY = 100_000
const ROUTE: Route = {
  ...{
    from: 'price_old',
    to: 'price_new',
    interval: 'month',
    intervalCount: 1,
    currencies: ['usd'],
  },
}

it('a dry run over a hundred thousand subscribers keeps a page of them in memory, and names a few', async () => {
  await fill()
  const heap = process.memoryUsage().heapUsed
  let most = 0
  const watch = setInterval(() => {
    most = Math.max(most, process.memoryUsage().heapUsed - heap)
  }, 50)
  const dry = { day: new Date('2027-02-01'), yes: false }
  const report = await migrate(systemActor('test'), ROUTE, dry)
  clearInterval(watch)

  expect(report.moved.get('usd')).toMatchObject({ count: 0.9 * MANY, before: 0.9 * MANY * 1900 })
  expect(report.left.get('not_active')).toMatchObject({ count: 0.1 * MANY })
  expect([stripe.pace, stripe.asked]).toEqual([MANY, 2 * 0.9 * MANY])
  expect(reportText(report, { interval: 'month', intervalCount: 1 }).length).toBeLessThan(3_000)
  expect(await db().$count(sql`price_moves`)).toBe(0)
  // What a run keeps does not grow with them; the rest is what was not collected yet.
  expect(most).toBeLessThan(256 * 2 ** 20)
}, 300_000)

it('a page of a price is read by its index, wherever the run has come to', async () => {
  const plan = await db().execute(sql`explain select s.id from subscriptions s
    join customers c on c.id = s.customer_id
    left join price_moves m on m.subscription_id = s.id and m.closed_at is null
    where s.price_id = 'price_old' and s.ended_at is null and s.id > 'sub_050000' order by s.id limit 100`)
  const text = JSON.stringify([...plan])
  expect(text).not.toMatch(/Seq Scan on (subscriptions|customers)/)
})

// Past the pool, whose queries have a deadline.
async function fill(): Promise<void> {
  const own = postgres(env().databaseUrl, { max: 1, onnotice: () => {} })
  await own`
    with people as (insert into users (id, email) select gen_random_uuid()::text, 'many' || n || '@example.test'
        from generate_series(1, ${MANY}::int) n returning id),
      spaces as (insert into workspaces (id, kind) select id::uuid, 'personal' from people returning id)
    insert into customers (id, workspace_id, livemode)
      select 'cus_' || lpad(row_number() over ()::text, 6, '0'), id, false from spaces`
  await own`
    insert into subscriptions (id, customer_id, status, price_id, currency, cancel_at_period_end, payment,
        change_unpaid, collection_paused, stripe_created_at, fence, synced_at)
      select 'sub_' || lpad(n::text, 6, '0'), 'cus_' || lpad(n::text, 6, '0'), 'active', 'price_old', 'usd', false,
        'paid', false, false, now(), 1, now() from generate_series(1, ${MANY}::int) n`
  await own`analyze`
  await own.end()
}
