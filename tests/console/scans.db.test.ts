import postgres from 'postgres'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { disconnect } from '@/db/client'
import { readMetrics } from '@/db/queries/metrics'
import { checkChain, readAudit } from '@/lib/console/audit'
import { readCustomerFile } from '@/lib/console/customer'
import { readDrift } from '@/lib/console/drift'
import { readEventFile } from '@/lib/console/event'
import { readEvents } from '@/lib/console/events'
import { readOutbox } from '@/lib/console/outbox'
import { readTimeline } from '@/lib/console/read-timeline'
import { readFigure, readRevenue } from '@/lib/console/revenue'
import { search } from '@/lib/console/search'
import { readStuck } from '@/lib/console/stuck'
import { isEventId, isWorkspaceId } from '@/lib/ids'
import { figureOf } from '@/lib/revenue/figure'
import { lastMonths } from '@/lib/revenue/months'
import { eventOf, fillWith, workspaceOf } from './crowd'
import { scannedBetween, settledScans } from './scans'

// Enough that a scan of any of these costs Postgres more than an index does.
const CROWD = { customers: 4_000, events: 20_000 }
// The trail of the crowd is of two days, and a root reads all that was anchored on its day: half of the table.
const EARLIER_DAYS = `insert into audit_anchor_heads (day, scope, n, hash)
  select current_date - 10 - d, 'cus_earlier' || n, 1, 'x' from generate_series(1, 30) d, generate_series(1, 3000) n`
const OPERATOR = { id: 'f0000000-0000-4000-8000-000000000010' }
const ALL_EVENTS = { state: null, type: null, customer: null, after: null }
const ALL_ROWS = { action: null, scope: null, operators: false, before: null }

let sql: postgres.Sql
beforeAll(async () => {
  sql = postgres(String(process.env.DATABASE_URL), { max: 1, onnotice: () => {} })
  await fillWith(sql, CROWD)
  await sql.unsafe(EARLIER_DAYS)
  // Else Postgres plans by what it had counted before a day was anchored, until autovacuum comes at some moment.
  await sql.unsafe('vacuum analyze audit_anchor_heads')
}, 120_000)
afterAll(async () => {
  await disconnect()
  await sql.end()
})

const workspaceId = workspaceOf(1234)
const eventId = eventOf(1234)
const event = () => (isEventId(eventId) ? eventId : expect.unreachable())
const workspace = () => (isWorkspaceId(workspaceId) ? workspaceId : expect.unreachable())
const find = (asked: string) => search(asked, OPERATOR)

const MONTH = lastMonths(new Date(), 1)[0] ?? ''
const EARLIER = lastMonths(new Date(), 3)[0] ?? ''
const TODAY = new Date().toISOString().slice(0, 10)
const FIGURES = [
  ...(['closing', 'new', 'churn', 'failed', 'recovered', 'trials', 'converted'] as const).map(
    (of) => [of, figureOf(of, EARLIER, 'usd')] as const,
  ),
  ['renewals', figureOf('renewals', TODAY, 'usd')] as const,
  ['a cohort', { ...figureOf('closing', MONTH, 'usd'), cohort: EARLIER }] as const,
  ['customers of a plan', { ...figureOf('closing', MONTH, 'usd'), plan: 'pro' }] as const,
  ['those who came from another plan', { ...figureOf('in', EARLIER, 'usd'), plan: 'pro' }] as const,
]

const READS: Record<string, () => Promise<unknown>> = {
  'the newest customers': () => find(''),
  'a customer by address': () => find('person1234@example.test'),
  'customers by the beginning of an address': () => find('person123'),
  'customers by a rare name': () => find('surname1234'),
  'a customer by our id': () => find(workspaceId),
  'a customer by the customer': () => find('cus_crowd1234'),
  'a customer by the subscription': () => find('sub_crowd1234'),
  'a customer by the session': () => find('cs_test_crowd1234'),
  'a customer by the payment': () => find('pi_crowd1230'),
  'customers by the price': () => find('price_crowd1'),
  'customers by the promotion code': () => find('promo_crowd1'),
  'an event by its id': () => find(eventId),
  'the page of a customer': () => readCustomerFile(workspace()),
  'the timeline of a customer': () =>
    readTimeline(
      { workspaceId: workspace(), customerIds: ['cus_crowd1234'], userIds: [workspaceId] },
      { before: null, topic: null },
    ),
  'the list of events': () => readEvents(ALL_EVENTS),
  'a later page of events': () =>
    readEvents({
      ...ALL_EVENTS,
      after: { at: new Date(Date.now() - 3_600_000).toISOString(), id: 'evt_x' },
    }),
  'the events of a type': () => readEvents({ ...ALL_EVENTS, type: 'invoice.paid' }),
  'the events of a customer': () => readEvents({ ...ALL_EVENTS, customer: 'cus_crowd1234' }),
  'dead events': () => readEvents({ ...ALL_EVENTS, state: 'dead' }),
  'the page of an event': () => readEventFile(event()),
  'what is stuck': () => readStuck(),
  drift: () => readDrift(),
  'the outbox': () => readOutbox(),
  'the audit trail': () => readAudit(ALL_ROWS),
  'a later page of the audit trail': () =>
    readAudit({
      ...ALL_ROWS,
      before: { at: new Date(Date.now() - 3_600_000).toISOString(), scope: 'cus_crowd1234', n: 1 },
    }),
  'one action in the audit trail': () => readAudit({ ...ALL_ROWS, action: 'drift.detect' }),
  'one chain in the audit trail': () => readAudit({ ...ALL_ROWS, scope: 'cus_crowd1234' }),
  'what operators did': () => readAudit({ ...ALL_ROWS, operators: true }),
  'the page of revenue': () => readRevenue({ currency: null, plan: null }),
  'the page of revenue of one plan': () => readRevenue({ currency: 'usd', plan: 'pro' }),
  ...Object.fromEntries(
    FIGURES.map(([name, figure]) => [`the list behind ${name}`, () => readFigure(figure, 0)]),
  ),
  'a later page of a list': () => readFigure(figureOf('closing', MONTH, 'usd'), 500),
  'the check of a chain': () => checkChain('cus_crowd1234'),
  'the figures of the health': () => readMetrics(12),
}

test.each(Object.entries(READS))('reading %s scans no table that grows', async (_, read) => {
  await read()
  await disconnect()
  const before = await settledScans(sql)
  await read()
  // Connections tell what they did when they end.
  await disconnect()
  expect(scannedBetween(before, await settledScans(sql))).toEqual([])
})

test('a scan is seen by this test', async () => {
  const before = await settledScans(sql)
  const other = postgres(String(process.env.DATABASE_URL), { max: 1, onnotice: () => {} })
  await other`select count(*) from webhook_events where payload like '%none%'`
  await other.end()
  expect(scannedBetween(before, await settledScans(sql))).toEqual(['webhook_events'])
})
