import { randomUUID } from 'node:crypto'
import { sql } from 'drizzle-orm'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { disconnect } from '@/db/client'
import { writeChain } from '@/lib/audit/chains.fixture'
import { startWire, type Wire } from '@/tests/harness/faults/wire'
import { checkHealth, forgetLook } from './check'
import { ago, beat, entry, run, target } from './health-rows.fixture'
import type { Check, Health } from './judge'

const place = vi.hoisted(() => ({ databaseUrl: '', redisUrl: '', asked: 0 }))
vi.mock('@/lib/env', async (original) => {
  const { env } = await original<typeof import('@/lib/env')>()
  const given = env()
  place.databaseUrl ||= given.databaseUrl
  return { env: () => ({ ...given, databaseUrl: place.databaseUrl }) }
})
vi.mock('@/lib/redis/client', async (original) => {
  const client = await original<typeof import('@/lib/redis/client')>()
  const { env } = await import('@/lib/env')
  // A machine that is busy with tests is no Redis that is down.
  const budgetMs = 5_000
  return {
    ...client,
    store: () => {
      place.asked += 1
      const { redis } = env()
      return client.openStore({ ...redis, url: place.redisUrl || redis.url, budgetMs })
    },
  }
})

const MINUTE = 60_000
const LATE = {
  drain: 3 * MINUTE,
  backfill: 120 * MINUTE,
  reconcile: 1560 * MINUTE,
  anchor: 1560 * MINUTE,
  prune: 1560 * MINUTE,
}
const OFF = { drain: null, backfill: null, reconcile: null, anchor: null, prune: null }
let wire: Wire

beforeAll(async () => {
  const url = new URL(place.databaseUrl)
  wire = await startWire(Number(url.port))
  url.host = `127.0.0.1:${wire.port}`
  place.databaseUrl = url.href
})
beforeEach(async () => {
  place.redisUrl = ''
  for (const table of ['sync_targets', 'webhook_events', 'outbox', 'reconcile_cursors']) {
    await run(sql`delete from ${sql.identifier(table)}`)
  }
  for (const job of ['drain', 'backfill', 'reconcile', 'anchor', 'prune']) await beat(job, 0)
  forgetLook()
})
afterEach(() => wire.mend())
afterAll(() => Promise.all([disconnect(), wire.close()]))

describe('the health of an installation', () => {
  it('is good while everything works', async () => {
    const health = await checkHealth(LATE)
    expect(failing(health)).toEqual([])
    expect(health.status).toBe('ok')
  })

  // breakage: Postgres cannot be reached | /api/health is 503 with postgres failed, and every other answer of the records unknown
  it('is bad when Postgres cannot be reached', async () => {
    const good = await checkHealth(LATE)
    await disconnect()
    wire.cut()
    forgetLook()
    const bad = await checkHealth(LATE)
    expect(bad).toMatchObject({ status: 'failed', checks: { postgres: 'failed', redis: 'ok' } })
    expect(Object.keys(bad.checks)).toEqual(Object.keys(good.checks))
  })

  // breakage: Postgres takes the connection and never answers | /api/health is 503 within two seconds, with postgres failed
  it('is bad when Postgres hangs, and says so by itself', async () => {
    await checkHealth(LATE)
    forgetLook()
    wire.hang()
    expect(await checkHealth(LATE)).toMatchObject({
      status: 'failed',
      checks: { postgres: 'failed', job_drain: 'unknown' },
    })
    await disconnect()
  })

  // breakage: the code was deployed before its migrations | /api/health is 503 with migrations failed
  it('is bad while a migration is missing', async () => {
    await run(sql`update drizzle.__drizzle_migrations set created_at = created_at - 1`)
    expect(await onlyFailing()).toEqual(['migrations'])
    await run(sql`update drizzle.__drizzle_migrations set created_at = created_at + 1`)
  })

  // breakage: the database is empty | /api/health is 503 with postgres ok and migrations failed
  it('is bad on a database that was never migrated', async () => {
    await run(sql`alter table sync_targets rename to no_targets`)
    const { status, checks } = await checkHealth(LATE)
    await run(sql`alter table no_targets rename to sync_targets`)
    expect(status).toBe('failed')
    expect(checks).toMatchObject({ postgres: 'ok', migrations: 'failed', events_dead: 'unknown' })
  })

  // breakage: a customer has been due for more than five minutes and no process reads Stripe | what they see is older than it should be; /api/health is 503 with targets_due failed
  it('is bad when a customer has waited too long', async () => {
    await target({ due: -4 })
    expect(await onlyFailing()).toEqual([])
    await target({ due: -6 })
    expect(await onlyFailing()).toEqual(['targets_due'])
  })

  it('is good when one that waits out its backoff, or is up to date, was due long ago', async () => {
    await target({ due: 30 })
    await target({ due: -90, synced: true })
    expect(await onlyFailing()).toEqual([])
  })

  // breakage: a customer's read has failed twelve times | the customer keeps what they had until it ends; /api/health is 503 with targets_parked failed
  it('is bad when a customer is parked', async () => {
    await target({ due: 60, attempts: 11 })
    expect(await onlyFailing()).toEqual([])
    await target({ due: 60, attempts: 12 })
    expect(await onlyFailing()).toEqual(['targets_parked'])
  })

  // breakage: an event threw eight times and was given up | its fact is missing until an operator replays it; /api/health is 503 with events_dead failed
  it('is bad when an event was given up', async () => {
    await run(sql`insert into webhook_events (id, type, livemode, stripe_created_at, state, payload_sha256)
      values ('evt_1', 'invoice.paid', false, now(), 'dead', '')`)
    expect(await onlyFailing()).toEqual(['events_dead'])
  })

  // breakage: mails do not go out for half an hour | customers wait for what they were promised; /api/health is 503 with outbox failed
  it('is bad when the outbox stands still', async () => {
    await entry({ created: -40, due: 10, attempts: 0 })
    await entry({ created: -20, due: -20, attempts: 3 })
    expect(await onlyFailing()).toEqual([])
    await entry({ created: -40, due: 10, attempts: 3 })
    expect(await onlyFailing()).toEqual(['outbox'])
  })

  it('is bad when what was left out of the revenue is not counted, or cannot be read', async () => {
    const leave = (minutes: number) =>
      run(sql`insert into revenue_left_out (customer_id, news, error, left_at)
        values ('cus_left', '{}', 'x', ${ago(minutes)})`)
    await leave(20)
    expect(await onlyFailing()).toEqual([])
    await leave(40)
    expect(await onlyFailing()).toEqual(['revenue'])
    await run(sql`update revenue_left_out set source = 'evt_' || id, news = null, left_at = now()`)
    expect(await onlyFailing()).toEqual(['revenue'])
    await run(sql`delete from revenue_left_out`)
  })

  it('is bad when a use was not metered in time, which the outbox no longer waits for', async () => {
    await entry({ created: -90, due: 10, attempts: 3 })
    await run(sql`update outbox set kind = 'lapsed_use'`)
    expect(await onlyFailing()).toEqual(['uses'])
  })

  it('is bad when no delivery was even tried', async () => {
    await entry({ created: -40, due: -40, attempts: 0 })
    expect(await onlyFailing()).toEqual(['outbox'])
  })

  // breakage: the scheduler stops calling a job, or the job fails each time | what it does is done late or not at all; /api/health is 503 with the job's heartbeat failed
  it.each([
    ['drain', 2, 4],
    ['backfill', 119, 121],
    ['reconcile', 1559, 1561],
    ['anchor', 1559, 1561],
    ['prune', 1559, 1561],
  ])('is bad when %s has not ended well for too long', async (job, fresh, old) => {
    await beat(job, fresh)
    expect(await onlyFailing()).toEqual([])
    await beat(job, old)
    expect(await onlyFailing()).toEqual([`job_${job}`])
    await run(sql`update heartbeats set at = null where job = ${job}`)
    expect(await onlyFailing()).toEqual([`job_${job}`])
  })

  // breakage: the cursor over Stripe's events stands still | a webhook that never arrived is not found; /api/health is 503 with cursor failed
  it('is bad when the cursor over missed events stands still', async () => {
    await run(
      sql`insert into reconcile_cursors (name, last_run_at) values ('events', ${ago(121)}), ('subscriptions', now())`,
    )
    expect(await onlyFailing()).toEqual(['cursor'])
  })

  // breakage: no day was anchored for two days | the audit trail of those days can be rewritten without a trace; /api/health is 503 with anchor failed
  it('is bad when the last anchor is too old', async () => {
    await run(sql`insert into audit_anchors (day, root, scopes)
      values ((now() at time zone 'UTC')::date - 2, 'root', 0)`)
    expect(await onlyFailing()).toEqual([])
    await run(sql`alter table audit_anchors disable trigger user`)
    await run(sql`update audit_anchors set day = day - 2`)
    expect(await onlyFailing()).toEqual(['anchor'])
    await run(sql`delete from audit_anchors`)
  })

  // breakage: Redis is down | nothing, but more work: /api/health stays 200 and shows redis failed
  it('is good without Redis, which is shown', async () => {
    place.redisUrl = 'http://127.0.0.1:1'
    const health = await checkHealth(LATE)
    expect(health.status).toBe('ok')
    expect(failing(health)).toEqual(['redis'])
  })

  it('expects no job where no scheduler runs one, and gives the rest a day', async () => {
    await run(sql`update heartbeats set at = null`)
    await target({ due: -60 })
    await writeChain(`cus_${randomUUID()}`, [-9])
    const { status, checks } = await checkHealth(OFF)
    expect(status).toBe('ok')
    expect(checks).toMatchObject({ job_drain: 'off', cursor: 'off', anchor: 'off' })
  })

  it('asks Postgres and Redis once, however many ask', async () => {
    place.asked = 0
    await Promise.all(Array.from({ length: 20 }, () => checkHealth(LATE)))
    expect(place.asked).toBe(1)
    await target({ due: -6 })
    expect(failing(await checkHealth(LATE))).toEqual([])
    forgetLook()
    expect(failing(await checkHealth(LATE))).toEqual(['targets_due'])
  })

  it('says nothing but the verdicts', async () => {
    await target({ due: -6 })
    const text = JSON.stringify(await checkHealth(LATE))
    expect(text.replaceAll(/"[a-z_]+"/g, '')).toMatch(/^[{}:,]*$/)
  })
})

async function onlyFailing(): Promise<Check[]> {
  forgetLook()
  const health = await checkHealth(LATE)
  const bad = failing(health)
  expect(health.status).toBe(bad.length === 0 ? 'ok' : 'failed')
  return bad
}

function failing({ checks }: Health): Check[] {
  // Safe: the keys are the checks' own.
  const names = Object.keys(checks) as Check[]
  return names.filter((name) => checks[name] !== 'ok')
}
