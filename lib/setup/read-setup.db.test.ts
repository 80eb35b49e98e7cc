import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { sql } from 'drizzle-orm'
import postgres from 'postgres'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { type Clinic, IN_PRODUCTION, openClinic } from '@/lib/doctor/clinic.fixture'
import { readWords } from '@/lib/doctor/read-words'
import { PRODUCTION } from '@/lib/env.fixture'
import { EnvironmentError } from '@/lib/env-error'
import type { Given } from '@/lib/env-given'
import { beat, run } from '@/lib/health/health-rows.fixture'
import { signedInOperator } from '@/lib/operators/viewers.fixture'
import { startSandbox } from '@/sandbox/server'
import { isFresh } from './is-fresh'
import { forgetSetup, readSetup, type Step } from './read-setup'

const chart = vi.hoisted(() => ({
  env: null as import('@/lib/env').Env | null,
  given: {} as import('@/lib/env-given').Given,
}))
vi.mock('@/lib/env', async (original) => ({
  ...(await original<typeof import('@/lib/env')>()),
  env: () => chart.env,
  givenVariables: () => chart.given,
}))

let clinic: Clinic
const undo: (() => unknown)[] = []

beforeAll(async () => {
  clinic = await openClinic(chart)
})
beforeEach(forgetSetup)
afterEach(async () => {
  for (const one of undo.splice(0).reverse()) await one()
})
afterAll(() => clinic.close())

describe('a fresh deployment', () => {
  it('without any variable is told each that must be set, and what to set', async () => {
    const found = await look({ NODE_ENV: 'production' })
    const open = found.filter(({ status }) => status === 'fail')
    for (const id of ['app_url', 'auth_secret', 'key_mode', 'webhook_secret', 'sign_in'])
      expect(open.map((step) => step.id)).toContain(id)
    const said = open.map(({ title, why, fix }) => `${title} ${why} ${fix}`).join('\n')
    for (const name of ['DATABASE_URL', 'UPSTASH_REDIS_REST_URL', 'UPSTASH_REDIS_REST_TOKEN'])
      expect(said).toContain(`${name} is missing`)
    for (const name of ['AUTH_SECRET', 'STRIPE_SECRET_KEY', 'STRIPE_WEBHOOK_SECRET', 'APP_URL'])
      expect(said).toContain(`${name} is missing`)
    expect(said).toContain('CRON_SECRET')
    for (const { fix } of open) expect(fix).toBeTruthy()
  })

  it('on Vercel is sent to Storage for Postgres and Redis', async () => {
    const found = await look({ VERCEL: '1', VERCEL_ENV: 'production', VERCEL_URL: 'x.vercel.app' })
    expect(found.find(({ id }) => id === 'variables')?.fix).toContain('add Neon')
    expect(found.find(({ id }) => id === 'auth_secret')?.fix).not.toContain('Neon')
    expect(JSON.stringify(found)).not.toContain('x.vercel.app')
  })

  it('with stores and without the rest learns whether those answer', async () => {
    const { DATABASE_URL, UPSTASH_REDIS_REST_URL, UPSTASH_REDIS_REST_TOKEN } = clinic.healthy
    const stores = { DATABASE_URL, UPSTASH_REDIS_REST_URL, UPSTASH_REDIS_REST_TOKEN }
    const found = await look({ APP_ENV: 'production', ...stores })
    expect(statuses(found, 'database', 'migrations', 'redis', 'stripe')).toEqual([
      ...['ok', 'ok', 'ok', 'skip'],
    ])
  })

  it('whose stores do not answer is told so', async () => {
    const found = await look({
      APP_ENV: 'production',
      DATABASE_URL: 'postgres://app:pa55word@127.0.0.1:1/app',
      UPSTASH_REDIS_REST_URL: 'http://127.0.0.1:1',
      UPSTASH_REDIS_REST_TOKEN: 'AXlzZWNyZXQ',
    })
    expect(statuses(found, 'database', 'migrations', 'redis')).toEqual(['fail', 'skip', 'fail'])
  })

  it('whose database has no tables is told to migrate it', async () => {
    const empty = await emptyDatabase()
    const found = await look({ APP_ENV: 'production', DATABASE_URL: empty })
    expect(found.find(({ id }) => id === 'migrations')).toMatchObject({
      ...{ status: 'fail', fix: 'Run `npm run db:migrate`.' },
    })
    forgetSetup()
    expect(statuses(await looked({ DATABASE_URL: empty }), 'database', 'migrations')).toEqual([
      ...['ok', 'fail'],
    ])
  })

  it.each<[string, Given]>([
    ['database', { DATABASE_URL: 'postgres://app:pa55word@127.0.0.1:1/app' }],
    ['redis', { UPSTASH_REDIS_REST_URL: 'http://127.0.0.1:1' }],
    ['stripe', { STRIPE_API_BASE: 'http://127.0.0.1:1' }],
    ['app', { APP_URL: 'http://localhost:1' }],
    ['mail', { EMAIL_SERVER: 'smtp://ada:pa55word@127.0.0.1:1', EMAIL_FROM: 'a@example.com' }],
  ])('in which %s cannot be reached is told so', async (id, given) => {
    const found = await looked(given)
    expect(found.find((step) => step.id === id)).toMatchObject({
      ...{ status: 'fail', fix: expect.any(String) },
    })
  })

  it('whose catalog and portal are not pushed is told to push them', async () => {
    const bare = await startSandbox({ port: 0, dataDir: null })
    undo.push(() => bare.stop())
    const found = await looked({ STRIPE_API_BASE: bare.url })
    expect(statuses(found, 'stripe', 'catalog', 'portal')).toEqual(['ok', 'warn', 'warn'])
    expect(found.find(({ id }) => id === 'catalog')?.fix).toContain('npm run stripe:push')
  })

  it('in production is told that no job ran, and how the first operator gets in', async () => {
    await beat('drain', 30)
    undo.push(() => beat('drain', 0))
    const found = await looked({ ...IN_PRODUCTION, ADMIN_EMAILS: 'ada@example.com' })
    expect(statuses(found, 'crons', 'first_operator')).toEqual(['fail', 'warn'])
    expect(found.find(({ id }) => id === 'first_operator')?.fix).toBe(
      'Sign in with an address of ADMIN_EMAILS.',
    )
  })
})

describe('a deployment with all its variables, whose Postgres is away', () => {
  it('may be in use: a visitor reads that alone, and nothing else is asked', async () => {
    const asked: string[] = []
    const other = createServer((request, response) => {
      asked.push(`${request.url}`)
      response.writeHead(500).end()
    })
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve))
    undo.push(() => other.close())
    const url = `http://127.0.0.1:${(other.address() as AddressInfo).port}`
    const found = await looked({
      ...{ DATABASE_URL: 'postgres://app:pa55word@127.0.0.1:1/app' },
      ...{ UPSTASH_REDIS_REST_URL: url, STRIPE_API_BASE: url, APP_URL: url },
    })
    expect(found.map(({ id, status }) => [id, status])).toEqual([['database', 'fail']])
    expect(asked).toEqual([])
  })
})

describe('the page is gone', () => {
  it('when all is well', async () => {
    expect(await read(clinic.healthy)).toBeNull()
  })

  it('from the first operator on, whatever fails later and even when the role was taken back', async () => {
    const { userId } = await signedInOperator()
    undo.push(() => run(sql`delete from users where id = ${userId}`))
    await run(sql`update operators set revoked_at = now()`)
    expect(await read({ ...clinic.healthy, APP_URL: 'http://localhost:1' })).toBeNull()
    forgetSetup()
    const { DATABASE_URL } = clinic.healthy
    expect(await read({ APP_ENV: 'production', DATABASE_URL })).toBeNull()
  })

  it('and stays so while the database that said it is away', async () => {
    const { userId } = await signedInOperator()
    undo.push(() => run(sql`delete from users where id = ${userId}`))
    expect(await read(clinic.healthy)).toBeNull()
    expect(await read({ APP_ENV: 'production' })).toBeNull()
  })
})

it('a deployment with an operator that lost a variable does not start, instead of looking fresh', async () => {
  const given = { ...PRODUCTION, DATABASE_URL: clinic.healthy.DATABASE_URL, AUTH_SECRET: undefined }
  const { words } = readWords(given, 'v24.1.0')
  const error = new EnvironmentError([...words.problems], true)
  expect(await isFresh(error, given)).toBe(true)
  const { userId } = await signedInOperator()
  undo.push(() => run(sql`delete from users where id = ${userId}`))
  expect(await isFresh(error, given)).toBe(false)
})

it('no host, no user and no secret of any variable is shown to a visitor', async () => {
  const secret = {
    DATABASE_URL: 'postgres://app:pa55word@db.private.example:1/records',
    UPSTASH_REDIS_REST_URL: 'https://cache.private.example',
    UPSTASH_REDIS_REST_TOKEN: 'AXlzZWNyZXQ',
    EMAIL_SERVER: 'smtps://ada:pa55word@mail.private.example:465',
    EMAIL_FROM: 'billing@private.example',
    APP_URL: 'https://app.private.example',
    ADMIN_EMAILS: 'ada@private.example',
  }
  for (const given of [secret, { ...secret, APP_URL: `${secret.APP_URL}/x` }]) {
    for (const whole of [
      { ...clinic.healthy, ...given },
      { APP_ENV: 'production', ...given },
    ]) {
      forgetSetup()
      const shown = JSON.stringify(await read(whole))
      expect(shown).toContain('fail')
      for (const part of ['private', 'pa55', 'ada', 'AXlz', 'records', 'sk_test', clinic.shop.url])
        expect(shown, part).not.toContain(part)
    }
  }
})

it('a hundred visitors at once are one look', async () => {
  chart.given = { APP_ENV: 'production' }
  const all = await Promise.all(Array.from({ length: 100 }, () => readSetup()))
  expect(new Set(all).size).toBe(1)
})

/** What is shown with these variables in the place of healthy ones. */
function looked(given: Given): Promise<Step[]> {
  return look({ ...clinic.healthy, ...given })
}

async function look(given: Given): Promise<Step[]> {
  return (await read(given))?.groups.flatMap(({ steps }) => steps) ?? []
}

async function read(given: Given) {
  chart.given = given
  const { env } = readWords(given, 'v24.1.0')
  if (env) await clinic.become(given)
  const setup = await readSetup()
  await clinic.become(clinic.healthy)
  return setup
}

function statuses(found: readonly Step[], ...ids: string[]) {
  return ids.map((id) => found.find((step) => step.id === id)?.status)
}

async function emptyDatabase(): Promise<string> {
  const own = postgres(`${clinic.healthy.DATABASE_URL}`, { max: 1, onnotice: () => {} })
  await own`create database nothing_here`
  undo.push(async () => {
    await own`drop database nothing_here with (force)`
    await own.end()
  })
  return Object.assign(new URL(`${clinic.healthy.DATABASE_URL}`), { pathname: '/nothing_here' })
    .href
}
