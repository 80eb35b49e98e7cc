import { randomUUID } from 'node:crypto'
import postgres from 'postgres'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { db, disconnect } from '@/db/client'
import { findAccess } from '@/db/queries/access'
import { findBilling } from '@/db/queries/billing'
import { readHealth } from '@/db/queries/health'
import { applySync, claimDue, claimTarget, failTarget, ingestEvent } from '@/db/queries/ledger'
import { insertEntry } from '@/db/queries/outbox'
import { realClock } from '@/lib/clock'
import { NOTIFICATION } from '@/lib/events/notifications'
import { type CustomerId, type EventId, isWorkspaceId } from '@/lib/ids'
import { deliverOutbox } from '@/lib/outbox/deliver'
import { prune } from '@/lib/retention/prune'
import { NO_CHANGE } from '@/lib/sync/no-change'
import { fillWith, workspaceOf } from '@/tests/console/crowd'
import { scannedBetween, settledScans } from '@/tests/console/scans'

// Enough that a scan of any of these costs Postgres more than an index does.
const CROWD = { customers: 4_000, events: 20_000 }

let sql: postgres.Sql
beforeAll(async () => {
  sql = postgres(String(process.env.DATABASE_URL), { max: 1, onnotice: () => {} })
  await fillWith(sql, CROWD)
}, 120_000)
afterAll(async () => {
  await disconnect()
  await sql.end()
})

const workspace = () => {
  const id = workspaceOf(1234)
  return isWorkspaceId(id) ? id : expect.unreachable()
}

const PATH: Record<string, () => Promise<unknown>> = {
  'an event of a known customer, its commit': async () => commit('cus_crowd1234'),
  'an event of an unknown customer, its commit': async () => commit(newCustomer()),
  'a read that failed': async () => {
    const { claim } = await ingest(newCustomer())
    if (claim) await failTarget(claim, 'Stripe is away', { countAttempt: true })
  },
  'the claim for a user who waits': () => claimTarget('cus_crowd1235', { mark: true }),
  'the claim of what is due': () => claimDue(20),
  'the delivery of the outbox': async () => {
    const payload = { kind: 'customer.miss', objectId: 'cus_crowd1', customerId: 'cus_crowd1' }
    const entryKey = `notification:${randomUUID()}`
    await insertEntry(db(), { entryKey, kind: NOTIFICATION, targetKey: null, payload })
    await deliverOutbox(realClock)
  },
  'the access check': () => findAccess(workspace()),
  'the page of billing': () => findBilling(workspace(), new Date()),
  'the health check': () => readHealth(12),
  'the pruning of what is old': () => prune(() => false),
}

test.each(Object.entries(PATH))('%s scans no table that grows', async (_, work) => {
  await work()
  await disconnect()
  const before = await settledScans(sql)
  await work()
  // Connections count what they did when they end.
  await disconnect()
  expect(scannedBetween(before, await settledScans(sql))).toEqual([])
})

test('a pruning with nothing to remove reads next to nothing, however much there is', async () => {
  const before = await readRows()
  await prune(() => false)
  await disconnect()
  expect((await readRows()) - before).toBeLessThan(100)
})

/** How many rows were read so far, by whatever way. */
async function readRows(): Promise<number> {
  await settledScans(sql)
  const [row] = await sql`select sum(seq_tup_read + coalesce(idx_tup_fetch, 0))::int as n
    from pg_stat_user_tables where relname in ('webhook_events', 'outbox', 'checkout_intents')`
  return row?.n
}

async function commit(customerId: CustomerId) {
  const { claim } = await ingest(customerId)
  if (claim) await applySync(claim, NO_CHANGE, { keepLease: false, countAttempt: true })
}

function ingest(customerId: CustomerId) {
  const id: EventId = `evt_${randomUUID().replaceAll('-', '')}`
  return ingestEvent({
    ...{ id, type: 'customer.subscription.updated', targetKey: customerId, reason: null },
    ...{ objectId: 'sub_1', customerId, attempt: null, livemode: false, apiVersion: null },
    ...{ createdAt: new Date(), payload: '{}', payloadSha256: '00' },
  })
}

function newCustomer(): CustomerId {
  return `cus_${randomUUID().replaceAll('-', '')}`
}
