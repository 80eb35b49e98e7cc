import { sql } from 'drizzle-orm'
import postgres from 'postgres'
import { afterAll, beforeEach, expect, it } from 'vitest'
import { db, disconnect } from '@/db/client'
import { env } from '@/lib/env'
import { noteDelivery } from '@/lib/webhooks/refused-lately'
import { checkHealth, forgetLook } from './check'

const NO_JOBS = { drain: null, backfill: null, reconcile: null, anchor: null, prune: null }
const url = env().databaseUrl

// Past the application.
const direct = postgres(url, { max: 1, onnotice: () => {} })

beforeEach(async () => {
  // Settings of a database apply to new connections only.
  await disconnect()
  forgetLook()
  noteDelivery(true)
})
afterAll(async () => {
  await disconnect()
  await direct.end()
})

// breakage: the disk of Postgres is full, and webhooks are refused | /api/health is 503 with writes failed, before Stripe gives up
it.each([
  [
    'has no room for a row',
    'alter table webhook_events add constraint no_room check (false) not valid',
  ],
  ['has no room for a file', "alter database own set temp_file_limit = '64kB'"],
  ['only reads', 'alter database own set default_transaction_read_only = on'],
])('an installation whose Postgres %s is not well', async (_, statement) => {
  const own = new URL(url).pathname.slice(1)
  await direct.unsafe(statement.replace('own', own))
  const { status, checks } = await checkHealth(NO_JOBS)
  await direct.unsafe('set default_transaction_read_only = off')
  await direct.unsafe(`alter database ${own} reset all`)
  await direct.unsafe('alter table webhook_events drop constraint if exists no_room')
  expect([status, checks.postgres, checks.writes]).toEqual(['failed', 'ok', 'failed'])
})

it('trying to write leaves nothing behind', async () => {
  expect(await checkHealth(NO_JOBS)).toMatchObject({ status: 'ok', checks: { writes: 'ok' } })
  const [row] = await db().execute(sql`select count(*)::int as n from webhook_events`)
  expect(row?.n).toBe(0)
})

// breakage: Postgres refuses a delivery of Stripe's for whatever reason | /api/health is 503 with writes failed for two minutes, or until one is stored
it('after a delivery was refused it is not well, until one is stored or two minutes are over', async () => {
  const writes = async () => (await checkHealth(NO_JOBS)).checks.writes
  noteDelivery(false)
  expect(await writes()).toBe('failed')
  noteDelivery(true)
  expect(await writes()).toBe('ok')
  noteDelivery(false, performance.now() - 120_000)
  expect(await writes()).toBe('ok')
})
