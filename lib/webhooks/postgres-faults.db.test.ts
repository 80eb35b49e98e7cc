import { sql } from 'drizzle-orm'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { POST } from '@/app/api/webhooks/stripe/route'
import { listAudit } from '@/db/queries/audit'
import { SMALL } from '@/lib/catalog/tiers.fixture'
import { cutAt } from '@/tests/harness/faults/cut-at'
import { attempt, behindWire, paidEvent } from './behind-wire.fixture'

const later = vi.hoisted((): (() => Promise<void>)[] => [])
vi.mock('next/server', () => ({ after: (work: () => Promise<void>) => later.push(work) }))

let world: Awaited<ReturnType<typeof behindWire>>
let ada: Awaited<ReturnType<typeof world.customer>>
let body: string

beforeAll(async () => {
  world = await behindWire()
})

beforeEach(async () => {
  ada = await world.customer()
  body = paidEvent(ada.id)
})

afterEach(async () => {
  world.wire.watch(null)
  world.wire.mend()
  // What is left over must not meet the next test's fault.
  await runLater()
})

afterAll(() => world.stop())

describe('Postgres is lost on the way in', () => {
  // breakage: Postgres is down when an event arrives | Stripe reads 503 and sends it again; nothing is lost
  it('and the event is stored when Stripe sends it again', async () => {
    world.wire.cut()
    expect(await post()).toBe('503 {"error":"unavailable"}')
    expect([await ada.events(), later]).toEqual([[], []])
    world.wire.mend()
    expect(await post()).toBe('200 {"status":"accepted"}')
    await converged()
  })

  // breakage: the connection breaks before Postgres has the event | Stripe reads 503 and sends it again; nothing is lost
  it('before it heard of the event, and has no half of it', async () => {
    world.wire.watch(cutAt('ingest_event', 'before'))
    expect(await post()).toBe('503 {"error":"unavailable"}')
    expect(await ada.events()).toEqual([])
    expect(await post()).toBe('200 {"status":"accepted"}')
    await converged()
  })

  // breakage: the event is committed and the answer of Postgres is lost | Stripe reads 503, sends it again and reads duplicate; it acts once
  it('after it stored the event, which is then a duplicate and acts once', async () => {
    world.wire.watch(cutAt('ingest_event', 'after'))
    expect(await post()).toBe('503 {"error":"unavailable"}')
    expect(await ada.events()).toHaveLength(1)
    expect(await post()).toBe('200 {"status":"duplicate"}')
    // The lost answer carried the lease; only its end lets the next one in.
    await runLater()
    expect(await ada.tier()).toBeNull()
    await runDrain()
    await converged()
  })

  // breakage: Postgres takes the event and says nothing | Stripe reads 503 within five seconds, not a hang
  it('and no delivery is kept waiting longer than five seconds', async () => {
    const sent = new Promise<void>((resolve) => {
      world.wire.watch((chunk) => {
        if (chunk.includes('ingest_event')) {
          world.wire.hang()
          resolve()
        }
        return undefined
      })
    })
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    const answered = post()
    await sent
    await vi.advanceTimersByTimeAsync(5_000)
    vi.useRealTimers()
    expect(await answered).toBe('503 {"error":"unavailable"}')
    world.wire.watch(null)
    world.wire.mend()
    // It was on its way, and arrives late: the second to come is the duplicate.
    await expect.poll(ada.events, { timeout: 15_000 }).toHaveLength(1)
    expect(await post()).toBe('200 {"status":"duplicate"}')
    await runDrain()
    await converged()
  })

  // breakage: another transaction holds a customer's row locked | Stripe reads 503 after two seconds; Postgres itself has stopped waiting
  it('to a lock that is not released', async () => {
    await post()
    await runLater()
    await world.direct.transaction(async (tx) => {
      await tx.execute(sql`select 1 from sync_targets where key = ${ada.id} for update`)
      body = paidEvent(ada.id, 'in_locked')
      expect(await post()).toBe('503 {"error":"unavailable"}')
      // Other test files wait for locks of their own, in databases of their own.
      const waiting = await tx.execute(sql`
        select 1 from pg_locks join pg_stat_activity using (pid)
        where not granted and datname = current_database()`)
      expect(waiting).toHaveLength(0)
    })
    expect(await post()).toBe('200 {"status":"accepted"}')
  })
})

describe('Postgres is lost while a read is applied', () => {
  // breakage: the connection breaks before a commit | the customer sees the change after a retry in seconds
  it('before the commit: nothing is half written, and the next claim converges', async () => {
    await post()
    world.wire.watch(cutAt('apply_sync', 'before'))
    await runLater()
    expect([await ada.tier(), await ada.facts()]).toEqual([null, []])
    expect(await ada.target()).toMatchObject({ attempts: 1, leaseUntil: null })
    await runDrain()
    await converged()
  })

  // breakage: a commit goes through and its answer is lost | nothing is seen of it; nothing happens twice
  it('after the commit: the work is done, and the next read finds nothing to do', async () => {
    await post()
    world.wire.watch(cutAt('apply_sync', 'after'))
    await runLater()
    await converged()
    expect(await ada.target()).toMatchObject({ attempts: 0, lastError: null })
    const before = await listAudit(ada.id)
    await runDrain()
    expect(await listAudit(ada.id)).toEqual(before)
  })

  // breakage: Postgres goes down between the 200 and the commit | the customer sees the change once the lease has ended
  it('for good: the lease ends by itself, and a drain converges', async () => {
    await post()
    world.wire.cut()
    await runLater()
    world.wire.mend()
    const target = await ada.target()
    expect(target?.leaseUntil?.getTime()).toBeGreaterThan(Date.now())
    await runDrain()
    await converged()
  })
})

// What another transaction of the same instant can do to ours.
describe.each(['40P01', '40001'])('Postgres gives up on a transaction with %s', (code) => {
  beforeAll(() =>
    world.direct.execute(
      sql.raw(`create sequence times; create function give_up() returns trigger language plpgsql as $$
        begin if nextval('times') = 1 then raise exception 'given up' using errcode = '${code}'; end if;
        return new; end $$`),
    ),
  )
  afterAll(() =>
    world.direct.execute(sql.raw('drop function give_up() cascade; drop sequence times')),
  )
  const failOnce = (table: string) =>
    world.direct.execute(
      sql.raw(`alter sequence times restart; drop trigger if exists once on webhook_events;
        drop trigger if exists once on billing_facts;
        create trigger once before insert on ${table} for each row execute function give_up()`),
    )

  // breakage: Postgres ends the storing transaction (deadlock, serialization) | Stripe reads 503 and sends it again
  it('that stores an event: Stripe sends it again', async () => {
    await failOnce('webhook_events')
    expect(await post()).toBe('503 {"error":"unavailable"}')
    expect(await ada.events()).toEqual([])
    expect(await post()).toBe('200 {"status":"accepted"}')
    await converged()
  })

  // breakage: Postgres ends the applying transaction (deadlock, serialization) | the customer sees the change after a retry in seconds
  it('that applies a read: it is given back whole, and tried again', async () => {
    await failOnce('billing_facts')
    await post()
    await runLater()
    expect([await ada.tier(), await ada.facts()]).toEqual([null, []])
    expect((await ada.target())?.lastError).toContain(code)
    await runDrain()
    await converged()
  })
})

async function post(): Promise<string> {
  const response = await POST(attempt(body))
  return `${response.status} ${await response.text()}`
}

/** What follows the answers; it may fail, and no caller sees it. */
async function runLater() {
  await Promise.allSettled(later.splice(0).map((work) => work()))
}

/** The drain that comes after a lease or a backoff has ended. */
async function runDrain() {
  await ada.due()
  await world.drain()
}

async function converged() {
  await runLater()
  expect(await ada.tier()).toBe(SMALL)
  expect(await ada.facts()).toHaveLength(1)
  expect((await ada.events()).map(({ state }) => state)).toEqual(['done'])
  const actions = (await listAudit(ada.id)).map(({ action }) => action)
  expect(actions.toSorted()).toEqual(['invoice.paid', 'subscription.start'])
}
