import { sql } from 'drizzle-orm'
import { afterAll, expect, it } from 'vitest'
import { db, disconnect } from '@/db/client'
import { BRAND } from '@/lib/brand'
import { PLANS } from '@/lib/catalog/plans'
import { SMALL } from '@/lib/catalog/tiers.fixture'
import type { CustomerId, SubscriptionId } from '@/lib/ids'
import { OPERATOR } from './account.fixture'
import { adoptAccount } from './adopt'
import { adoptPorts } from './production-ports'
import { reportText } from './report-text'

afterAll(disconnect)

const MANY = 100_000
const named = (n: number) => String(n).padStart(6, '0')

it('a look at a hundred thousand customers with a plan each fits into memory, and its report on a screen', async () => {
  // A tenth has bought here already, a tenth waits.
  await db().execute(sql`insert into customers (id, livemode)
    select 'cus_' || lpad(n::text, 6, '0'), false from generate_series(0, ${MANY / 5 - 1}::int) n`)
  await db().execute(sql`insert into customer_claims (customer_id, email)
    select 'cus_' || lpad(n::text, 6, '0'), 'many' || lpad(n::text, 6, '0') || '@example.test'
    from generate_series(0, ${MANY / 10 - 1}::int) n`)
  const heap = process.memoryUsage().heapUsed
  let most = 0
  const watch = setInterval(() => {
    most = Math.max(most, process.memoryUsage().heapUsed - heap)
  }, 50)
  const slept = { calls: 0 }
  const ports = {
    ...adoptPorts(OPERATOR),
    stripe: pages(),
    async sleep() {
      slept.calls += 1
    },
  }
  const look = { act: false, metadataKey: null, former: null, trustVerified: false }
  const adopted = await adoptAccount(ports, look)
  const text = reportText(adopted, null, false).join('\n')
  clearInterval(watch)

  expect(adopted.decided).toHaveLength(MANY)
  expect(text).toContain(`${MANY} with ${SMALL}`)
  expect(text).toContain(`${MANY / 10} waiting`)
  expect(text.split('\n').length).toBeLessThan(100)
  // Two thousand pages, which at Stripe are read five in a second: seven minutes.
  expect(slept.calls).toBeLessThanOrEqual((2 * MANY) / 100)
  expect(most).toBeLessThan(512 * 2 ** 20)
}, 300_000)

// A hundred of each at a time, as Stripe gives them.
function pages() {
  const from = (after: string | null) => (after === null ? 0 : Number(after.slice(4)) + 1)
  const numbers = (start: number) => Array.from({ length: 100 }, (_, n) => start + n)
  return {
    async listCustomerPage(after: CustomerId | null) {
      const start = from(after)
      const customers = numbers(start).map((n) => ({
        ...{ id: `cus_${named(n)}` as const, livemode: false, metadata: {} },
        email: `many${named(n)}@example.test`,
      }))
      return { customers, more: start + 100 < MANY }
    },
    async listLivingPage(after: SubscriptionId | null) {
      const start = from(after)
      const subscriptions = numbers(start).map((n) => ({
        ...{ id: `sub_${named(n)}` as const, customerId: `cus_${named(n)}` as const },
        mark: { app: BRAND.stripe.app, env: 'test' },
        prices: [
          {
            ...{ id: 'price_1', lookupKey: PLANS[SMALL].lookupKeys.month, metadataTier: null },
            productId: 'prod_1',
          },
        ],
      }))
      const last: SubscriptionId = `sub_${named(start + 99)}`
      return { subscriptions, last, more: start + 100 < MANY }
    },
    readProductTier: async () => null,
  }
}
