import postgres from 'postgres'
import { afterEach, describe, expect, it } from 'vitest'
import { type Pooler, type PoolerKind, startPooler } from './pooler'
import { startWire, type Wire } from './wire'

let pooler: Pooler
let wire: Wire
let sql: postgres.Sql

afterEach(async () => {
  await sql.end({ timeout: 0 })
  await Promise.all([pooler.close(), wire.close()])
})

let connect: () => postgres.Sql

async function open(
  kind: PoolerKind,
  { max, ...options }: { size?: number; queryTimeoutMs?: number; max: number },
) {
  const url = new URL(process.env.DATABASE_URL ?? '')
  wire = await startWire(Number(url.port), url.hostname)
  url.host = `127.0.0.1:${wire.port}`
  pooler = await startPooler(url.href, { kind, ...options })
  url.host = `127.0.0.1:${pooler.port}`
  const driver = { max, prepare: false, fetch_types: false, onnotice: () => {} }
  connect = () => postgres(url.href, driver)
  sql = connect()
}

describe.each(['1.18', '1.25'] as const)('a pooler as PgBouncer %s', (kind) => {
  it('passes questions and answers on, of more clients than it has backends', async () => {
    await open(kind, { size: 2, max: 10 })
    for (let round = 0; round < 20; round += 1) {
      const answers = await Promise.all(
        Array.from({ length: 10 }, (_, n) => sql`select ${n}::int as n`),
      )
      expect(answers.map(([row]) => row?.n)).toEqual(Array.from({ length: 10 }, (_, n) => n))
    }
  })

  it('forgets settings, locks, statements and temporary tables between two transactions', async () => {
    await open(kind, { size: 1, max: 1 })
    await sql`set lock_timeout = '7s'`
    expect(await sql`show lock_timeout`).toEqual([{ lock_timeout: '0' }])
    await sql`select pg_advisory_lock(1)`
    const held = await sql`
      select 1 from pg_locks join pg_database on database = pg_database.oid
      where locktype = 'advisory' and datname = current_database()`
    expect(held).toHaveLength(0)
    await sql`prepare mine as select 1`
    await expect(sql`execute mine`).rejects.toThrow('does not exist')
    await sql`create temporary table mine (x int)`
    await expect(sql`select * from mine`).rejects.toThrow('does not exist')
  })

  it('keeps them within one', async () => {
    await open(kind, { size: 1, max: 1 })
    const kept = await sql.begin(async (tx) => {
      await tx`set local lock_timeout = '7s'`
      return tx`show lock_timeout`
    })
    expect(kept).toEqual([{ lock_timeout: '7s' }])
    await expect(sql`select 1 / 0`).rejects.toThrow('division by zero')
    expect(await sql`select 1 as one`).toEqual([{ one: 1 }])
  })

  it('hangs up on the client of a lost backend, and has another for the next', async () => {
    await open(kind, { size: 1, max: 1 })
    await sql`select 1`
    const slept = expect(sql`select pg_sleep(60)`).rejects.toThrow()
    await expect.poll(() => sqlIsAsleep()).toBe(true)
    expect(wire.reset()).toBe(1)
    await slept
    // The driver may try once more where it was hung up on.
    const again = () => sql`select 1 as one`.then(([row]) => row?.one).catch(() => null)
    await expect.poll(again).toBe(1)
  })

  it('says nothing any more on a backend that is frozen', async () => {
    await open(kind, { size: 1, max: 1 })
    await sql`select 1`
    // Not while it forgets: a pooler gives up soon what falls silent there.
    await expect.poll(() => pooler.idle()).toBe(1)
    expect(wire.freeze()).toBe(1)
    const answer = sql`select 1`.then(
      () => 'an answer',
      () => 'given up',
    )
    // A client that hangs up frees its place: the frozen backend goes, and the next client has a new one.
    await sql.end({ timeout: 0 })
    expect(await answer).toBe('given up')
    sql = connect()
    expect(await sql`select 1 as one`).toEqual([{ one: 1 }])
  })

  it('gives a backend up that fell silent together with its client, where it has a query_timeout', async () => {
    await open(kind, { size: 1, max: 1, queryTimeoutMs: 500 })
    await sql`select 1`
    // Not while it forgets: a pooler gives up soon what falls silent there.
    await expect.poll(() => pooler.idle()).toBe(1)
    expect(wire.freeze()).toBe(1)
    // Its client stays, and waits.
    const answer = sql`select 1`.then(
      () => 'an answer',
      () => 'given up',
    )
    const other = connect()
    expect(await other`select 1 as one`).toEqual([{ one: 1 }])
    await other.end({ timeout: 0 })
    await sql.end({ timeout: 0 })
    expect(await answer).toBe('given up')
  })
})

/** Whether a client is in the midst of a long statement, as seen past the pooler. */
async function sqlIsAsleep(): Promise<boolean> {
  const direct = postgres(process.env.DATABASE_URL ?? '', { max: 1, onnotice: () => {} })
  const rows = await direct`select 1 from pg_stat_activity
    where datname = current_database() and query like '%pg_sleep(60)%' and pid <> pg_backend_pid()`
  await direct.end()
  return rows.length > 0
}

// The driver alone: twelve queries at once over ten connections, half of them with parameters.
describe('the driver pipelines above its maximum', () => {
  const twelve = () =>
    Promise.all(
      Array.from({ length: 12 }, (_, n) => (n % 2 ? sql`select ${n}::int as n` : sql`select 1`)),
    ).then(
      () => 'all answered',
      () => 'given up',
    )

  it('and behind PgBouncer 1.18 waits for ever for an answer that went to no client', async () => {
    await open('1.18', { max: 10 })
    await sql`select 1`
    const answers = Array.from({ length: 20 }, () => twelve())
    await expect.poll(() => pooler.strayed(), { timeout: 10_000 }).toBeGreaterThan(0)
    // Nothing more is on its way: a query that waits now waits for ever.
    await sql.end({ timeout: 1 })
    expect(await Promise.all(answers)).toContain('given up')
  })

  it('and behind PgBouncer 1.25 is answered', async () => {
    await open('1.25', { max: 10 })
    await sql`select 1`
    for (let round = 0; round < 20; round += 1) expect(await twelve()).toBe('all answered')
    expect(pooler.strayed()).toBe(0)
  })
})
