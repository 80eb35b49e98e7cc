import { sql } from 'drizzle-orm'
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import type { Given } from '@/lib/env-given'
import { run } from '@/lib/health/health-rows.fixture'
import { startPooler } from '@/tests/harness/faults/pooler'
import { startWire } from '@/tests/harness/faults/wire'
import {
  bodyOf,
  type Clinic,
  IN_PRODUCTION,
  openClinic,
  type Served,
  serve,
} from './clinic.fixture'

const chart = vi.hoisted(() => ({ env: null as import('@/lib/env').Env | null }))
vi.mock('@/lib/env', async (original) => ({
  ...(await original<typeof import('@/lib/env')>()),
  env: () => chart.env,
}))

let clinic: Clinic
let url: string
const undo: (() => unknown)[] = []

beforeAll(async () => {
  clinic = await openClinic(chart)
  url = `${clinic.healthy.DATABASE_URL}`
})
afterEach(async () => {
  for (const one of undo.splice(0).reverse()) await one()
})
afterAll(() => clinic.close())

it('nothing is wrong with an installation that nothing is wrong with', async () => {
  const found = await clinic.diagnose({})
  const open = found.filter(({ status }) => status !== 'ok' && status !== 'skip')
  expect(open).toEqual([])
  expect(found.filter(({ status }) => status === 'ok').length).toBeGreaterThanOrEqual(25)
})

describe('of Postgres', () => {
  it.each([
    ['no server', () => Object.assign(new URL(url), { port: '1' }).href],
    [
      'another password',
      () => Object.assign(new URL(url), { username: 'unknown', password: 'wrong' }).href,
    ],
    ['no such database', () => Object.assign(new URL(url), { pathname: '/nowhere' }).href],
  ])('%s is found, and what hangs on it is not looked at', async (_, at) => {
    const found = await clinic.diagnose({ DATABASE_URL: at() }, ['database', 'migrations', 'crons'])
    expect(found.map(({ status }) => status)).toEqual(['fail', 'skip', 'skip'])
    expect(JSON.stringify(found)).not.toContain('wrong@')
  })

  it.each([
    ['warn', 15],
    ['fail', 130],
  ])('a database that is far away is found (%s at %d ms each way)', async (status, ms) => {
    const wire = await startWire(Number(new URL(url).port))
    undo.push(() => wire.close())
    wire.watch(async () => {
      await new Promise((resolve) => setTimeout(resolve, ms))
      return undefined
    })
    const DATABASE_URL = Object.assign(new URL(url), { port: `${wire.port}` }).href
    expect(await look('database_latency', { DATABASE_URL })).toMatchObject({ status })
  })

  it.each([
    ['database_clock', 'warn', 5_000],
    ['database_clock', 'fail', -600_000],
    ['stripe_clock', 'warn', -5_000],
    ['stripe_clock', 'fail', 600_000],
  ])('%s is %s while the clock of this machine is %d ms off', async (id, status, ms) => {
    const real = Date.now
    const spy = vi.spyOn(Date, 'now').mockImplementation(() => real() + ms)
    undo.push(() => spy.mockRestore())
    expect(await look(id)).toMatchObject({ status })
  })

  it('a pooler without limits on the role is found, and migrations that would go through it', async () => {
    const pooler = await startPooler(url, { kind: '1.25' })
    undo.push(() => pooler.close())
    const DATABASE_URL = Object.assign(new URL(url), { port: `${pooler.port}` }).href
    expect(await look('pooler', { DATABASE_URL })).toMatchObject({ status: 'warn' })
    expect(await look('direct_database', { DATABASE_URL })).toMatchObject({ status: 'warn' })
    const around = { DATABASE_URL, DIRECT_DATABASE_URL: url }
    expect(await look('direct_database', around)).toMatchObject({ status: 'ok' })
    const away = { DIRECT_DATABASE_URL: Object.assign(new URL(url), { port: '1' }).href }
    expect(await look('direct_database', away)).toMatchObject({ status: 'fail' })
  })

  it('a schema that is not there is found, with how it is made', async () => {
    expect(await look('schema', { DATABASE_SCHEMA: 'elsewhere' })).toMatchObject({
      ...{ status: 'fail', detail: 'elsewhere is not there' },
      fix: expect.stringContaining('npm run db:migrate'),
    })
  })

  it('a migration that is missing is found', async () => {
    await run(sql`update drizzle.__drizzle_migrations set created_at = created_at - 1`)
    undo.push(() => run(sql`update drizzle.__drizzle_migrations set created_at = created_at + 1`))
    expect(await look('migrations')).toMatchObject({
      status: 'fail',
      fix: 'Run `npm run db:migrate`.',
    })
  })

  it('a function that was replaced by hand is named', async () => {
    const [held] = await clinic.asOwner(
      (own) => own`select pg_get_functiondef('backoff(integer)'::regprocedure) as text`,
    )
    undo.push(() => clinic.asOwner((own) => own.unsafe(held?.text)))
    await run(sql`create or replace function backoff(p_attempts integer) returns interval language sql volatile
      as $$ select interval '1 year' $$`)
    const found = await look('functions')
    expect(found).toMatchObject({ status: 'fail', detail: 'not as in db/functions: backoff' })
  })

  it('a role in production that can rewrite the audit trail is found', async () => {
    const given = { ...IN_PRODUCTION }
    expect(await look('database_role', given)).toMatchObject({ status: 'warn' })
  })

  it('a database that only reads is found', async () => {
    const name = new URL(url).pathname.slice(1)
    await clinic.asOwner((own) =>
      own.unsafe(`alter database ${name} set default_transaction_read_only = on`),
    )
    undo.push(() =>
      clinic.asOwner(async (own) => {
        // Each by itself: together they would be one transaction, which only reads.
        await own`set default_transaction_read_only = off`
        await own.unsafe(`alter database ${name} reset all`)
      }),
    )
    expect(await look('database_writes')).toMatchObject({ status: 'fail' })
  })
})

describe('of Redis', () => {
  it('none, another’s token, and something that is no Redis are found', async () => {
    const other = await serving((_, response) => response.writeHead(404).end('<html>'))
    for (const given of [
      { UPSTASH_REDIS_REST_URL: 'http://127.0.0.1:1' },
      { UPSTASH_REDIS_REST_TOKEN: 'another' },
      { UPSTASH_REDIS_REST_URL: other.url },
    ])
      expect(await look('redis', given)).toMatchObject({ status: 'fail' })
  })

  it.each([
    ['warn', 60],
    ['fail', 170],
  ])('one that is far away is found (%s at %d ms)', async (status, ms) => {
    const slow = await beforeRedis(() => new Promise((resolve) => setTimeout(resolve, ms)))
    expect(await look('redis_latency', slow)).toMatchObject({ status })
  })

  it('a token that may only read is found', async () => {
    const given = await beforeRedis(async (command) =>
      command[0] === 'set'
        ? { error: "NOPERM this user has no permissions to run the 'set' command" }
        : null,
    )
    expect(await look('redis_writes', given)).toMatchObject({ status: 'fail' })
  })

  it('one that writes a key twice is found', async () => {
    const given = await beforeRedis(async (command) =>
      command[0] === 'set' ? { result: 'OK' } : null,
    )
    expect(await look('redis_writes', given)).toMatchObject({ status: 'fail' })
  })

  it.each([
    ['noeviction', 'warn'],
    ['allkeys-lru', 'ok'],
  ])('what it does when it is full is known: %s is %s', async (policy, status) => {
    const given = await beforeRedis(async (command) =>
      command[0] === 'config' ? { result: ['maxmemory-policy', policy] } : null,
    )
    expect(await look('redis_eviction', given)).toMatchObject({ status })
  })
})

async function look(id: string, given: Given = {}) {
  const [found] = await clinic.diagnose(given, [id])
  return found
}

async function serving(handle: Parameters<typeof serve>[0]): Promise<Served> {
  const served = await serve(handle)
  undo.push(() => served.close())
  return served
}

// Stands before the Redis of the tests: what `answer` gives is said in its place.
async function beforeRedis(answer: (command: string[]) => Promise<unknown>): Promise<Given> {
  const real = `${clinic.healthy.UPSTASH_REDIS_REST_URL}`
  const { url: UPSTASH_REDIS_REST_URL } = await serving(async (request, response) => {
    const body = (await bodyOf(request)).toString()
    const instead = await answer(JSON.parse(body))
    if (instead)
      return response.writeHead('error' in Object(instead) ? 400 : 200).end(JSON.stringify(instead))
    const headers = { authorization: `${request.headers.authorization}` }
    const said = await fetch(real, { method: 'POST', body, headers })
    response.writeHead(said.status).end(await said.text())
  })
  return { UPSTASH_REDIS_REST_URL }
}
