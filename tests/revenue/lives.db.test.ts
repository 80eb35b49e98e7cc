import { createHash } from 'node:crypto'
import { sql } from 'drizzle-orm'
import { afterAll, beforeEach, expect, it } from 'vitest'
import { db, disconnect } from '@/db/client'
import { applySync, claimDue, claimTarget, failTarget, ingestEvent } from '@/db/queries/ledger'
import { listSubscribers } from '@/db/queries/subscribers'
import { customers } from '@/db/schema/billing'
import { systemActor } from '@/lib/audit/actor'
import { isHandled } from '@/lib/events/handlers'
import { parseCustomerId, parseEventId } from '@/lib/ids'
import { replaceStripeClient } from '@/lib/stripe/client'
import { retrieveCustomer } from '@/lib/stripe/customers'
import { readEnvelope } from '@/lib/stripe/envelope'
import { listSubscriptions } from '@/lib/stripe/subscriptions'
import { drainTarget } from '@/lib/sync/drain-target'
import type { SyncPorts } from '@/lib/sync/ports'
import { scriptedStripe } from '@/lib/sync/scripted-stripe.fixture'
import { syncCustomer } from '@/lib/sync/sync-customer'
import { someone } from '@/lib/workspaces/someone.fixture'
import type { Random } from '@/tests/simulation/random'
import { movements } from './count'
import { type Lived, live, type Sent } from './live'

const CUSTOMERS = 8
const MONTHS = 6

afterAll(disconnect)
beforeEach(async () => {
  await db().execute(
    sql`truncate revenue_moments, revenue_movements, revenue_totals, revenue_subscriptions, revenue_invoices`,
  )
})

it.each([1, 2])(
  'the months of random lives equal what is counted by hand at each month’s end, where events arrive in order (seed %i)',
  async (seed) => {
    const options = { seed, customers: CUSTOMERS, months: MONTHS, lasting: false }
    const { lived } = await live(options, async ({ stripe, lived, events, now }) => {
      replaceStripeClient(stripe)
      await enroll(lived)
      for (const event of events) await arrive(event, now)
    })
    await expectSame(lived)
  },
  60_000,
)

it.each([11, 12])(
  'the same events give the same months late, out of order and twice (seed %i)',
  async (seed) => {
    const held: Sent[] = []
    const options = { seed, customers: CUSTOMERS, months: MONTHS, lasting: true }
    const { lived } = await live(options, async ({ stripe, lived, events, now, random }) => {
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
    await expectSame(lived)
  },
  60_000,
)

it('where no event arrives at all, a read at each month’s end gives the same months', async () => {
  const options = { seed: 21, customers: CUSTOMERS, months: MONTHS, lasting: false }
  const { lived } = await live(options, async ({ stripe, lived, now }) => {
    replaceStripeClient(stripe)
    await enroll(lived)
    for (const { customerId } of lived)
      await syncCustomer(portsAt(now), parseCustomerId(customerId), systemActor('scan'))
  })
  await expectSame(lived)
}, 60_000)

async function enroll(lived: readonly Lived[]) {
  for (const { customerId } of lived) {
    const id = parseCustomerId(customerId)
    const [known] = await db().execute(sql`select 1 from customers where id = ${id}`)
    if (known) continue
    const { workspaceId } = await someone()
    await db().insert(customers).values({ id, workspaceId, livemode: false })
  }
}

async function arrive({ id, body }: Sent, now: number) {
  const event = readEnvelope(body)
  if (!isHandled(event.type) || event.customerId === null) return
  const payloadSha256 = createHash('sha256').update(body).digest('hex')
  const key = { targetKey: event.customerId, reason: null }
  const row = { ...event, ...key, createdAt: event.created, payloadSha256 }
  const { claim } = await ingestEvent(row)
  const actor = { type: 'stripe' as const, eventId: parseEventId(id) }
  if (claim) await drainTarget(portsAt(now), claim, actor)
  else await syncCustomer(portsAt(now), event.customerId, actor)
}

function portsAt(now: number): SyncPorts {
  return {
    ledger: { claimTarget, claimDue, applySync, failTarget, listSubscribers },
    stripe: { ...scriptedStripe(), listSubscriptions, retrieveCustomer },
    pace: async () => {},
    clock: { now: () => new Date(now * 1000) },
    sleep: async () => {},
    prices: {},
    appEnv: 'test',
    livemode: false,
  }
}

function shuffled<T>(all: readonly T[], random: Random): T[] {
  return all
    .map((each) => ({ each, at: random.between(0, 1_000_000) }))
    .sort((a, b) => a.at - b.at)
    .map(({ each }) => each)
}

async function expectSame(lived: readonly Lived[]) {
  const rows = await db().execute<{ customer: string; line: string }>(sql`
    select customer_id as customer, month || ' ' || kind || ' ' || mrr_before || ' ' || mrr_after || ' ' || plan_before || '>' || plan_after as line
      from revenue_movements where month <= ${lived[0]?.ends.at(-1)?.month ?? ''}::date order by customer_id, month`)
  const ours = new Map(
    lived.map(({ customerId }) => [
      customerId,
      rows.filter(({ customer }) => customer === customerId).map(({ line }) => line),
    ]),
  )
  const counted = new Map(lived.map(({ customerId, ends }) => [customerId, movements(ends)]))
  expect(ours).toEqual(counted)
  expect([...counted.values()].flat().length).toBeGreaterThan(CUSTOMERS)
}
