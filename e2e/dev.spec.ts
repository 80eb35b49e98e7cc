import { mkdtempSync, rmSync } from 'node:fs'
import { networkInterfaces, tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from '@playwright/test'
import postgres from 'postgres'
import { startPostgres } from '@/scripts/postgres/start'
import { commandOf } from '@/scripts/stack/process-table'
import { type Dev, devRunsHere, startDev } from './stack/dev'
import { askRaw } from './stack/server'

const data = mkdtempSync(join(tmpdir(), 'ledgerline-dev-'))
let dev: Dev | undefined

// Each starts all of it at least once, on machines that are busy with another worker's stories.
test.describe.configure({ timeout: 240_000 })
test.skip(devRunsHere, '`npm run dev` is running in this checkout; stop it to test it.')

test.afterEach(() => {
  dev?.kill('SIGKILL')
})

test.afterAll(() => rmSync(data, { recursive: true, force: true }))

test('one command brings the pricing page up, and SIGTERM leaves no process behind', async () => {
  dev = startDev(data)
  const banner = await dev.ready()
  const app = /App +(http:\S+)/.exec(banner)?.[1] ?? ''
  expect((await fetch(`${app}/pricing`)).status).toBe(200)
  expect(banner).toMatch(/Sandbox +http:/)
  expect((await fetch(`${app.replace('localhost', '127.0.0.1')}/pricing`)).status).toBe(200)
  expect(
    await answersFrom(elsewhere(app)),
    'addresses from which another machine reaches it',
  ).toEqual([])
  expect(banner).toContain('Only this machine reaches it; `-- --host 0.0.0.0` opens it')

  // A page of any site can rebind its name to this machine; its requests still carry the name.
  const sandbox = /Sandbox +(http:\S+)/.exec(banner)?.[1] ?? ''
  const rebound = async (url: string) => {
    const headers = { Host: `evil.example:${new URL(url).port}` }
    return (await askRaw(url, { headers })).status
  }
  for (const path of ['/dev/mail', '/pricing', '/_next/static/chunks/x.js', '/__nextjs_source-map'])
    expect({ path, status: await rebound(app + path) }).toEqual({ path, status: 421 })
  expect(await rebound(`${sandbox}/v1/customers`)).toBe(403)

  const second = startDev(data)
  expect(await second.exited).toBe(1)
  expect(second.output()).toContain(`already running in this checkout, at ${app}`)

  const family = dev.family()
  // The database, Redis, the sandbox and Next, at the least.
  expect(family.length).toBeGreaterThan(5)
  dev.kill('SIGTERM')
  expect(await dev.exited).toBe(0)
  await expect.poll(() => family.filter((pid) => commandOf(pid) !== null)).toEqual([])
})

test('killing it without warning leaves no process behind, and what was committed stays', async () => {
  dev = startDev(data)
  await dev.ready()
  await query('create table kept as select 42 as n')
  const family = dev.family()
  dev.kill('SIGKILL')
  await expect
    .poll(() => family.filter((pid) => commandOf(pid) !== null), { timeout: 20_000 })
    .toEqual([])
  dev = startDev(data)
  await dev.ready()
  expect(await query('select n from kept')).toEqual([{ n: 42 }])

  const next = dev.family()
  const sandbox = next.find((pid) => commandOf(pid)?.includes('sandbox/main.ts'))
  process.kill(sandbox ?? 0, 'SIGKILL')
  expect(await dev.exited, 'when a part dies, all of it stops').toBe(1)
  expect(dev.output()).toContain('Stripe was killed by SIGKILL')
  await expect.poll(() => next.filter((pid) => commandOf(pid) !== null)).toEqual([])
})

test('with --fresh it starts over', async () => {
  dev = startDev(data)
  await dev.ready()
  await query('create table forgotten as select 42 as n')
  dev.kill('SIGTERM')
  await dev.exited
  dev = startDev(data, {}, ['--fresh'])
  await dev.ready()
  expect(await query("select to_regclass('forgotten') as forgotten")).toEqual([{ forgotten: null }])
})

test('the app of an end-to-end run is for this machine only', async () => {
  const app = process.env.BASE_URL ?? ''
  for (const name of ['localhost', '127.0.0.1'])
    expect((await fetch(`${app.replace('localhost', name)}/pricing`)).status).toBe(200)
  expect(await answersFrom(elsewhere(app))).toEqual([])
})

test('with --host it is open to the network, and says so', async () => {
  test.skip(elsewhere('http://localhost').length === 0, 'This machine has no network address.')
  dev = startDev(data, {}, ['--host', '0.0.0.0'])
  const banner = await dev.ready()
  const app = /App +(http:\S+)/.exec(banner)?.[1] ?? ''
  expect(await answersFrom([app])).toEqual([app])
  // It compiles a page for each address, on a machine that is busy with other stories.
  await expect.poll(() => answersFrom(elsewhere(app)), { timeout: 60_000 }).not.toEqual([])
  expect(banner).toContain('Open to the network (--host 0.0.0.0)')
})

test('a real Stripe without a way to sign in is reported with what to set', async () => {
  // Nothing of Stripe is asked for on the pricing page, so that no such account is needed.
  const stripe = {
    STRIPE_SECRET_KEY: 'sk_test_unknown',
    STRIPE_WEBHOOK_SECRET: 'whsec_0123456789abcdef',
  }
  dev = startDev(data, stripe)
  expect(await dev.ready()).toContain(
    'No one can sign in: set EMAIL_SERVER, or AUTH_GITHUB_ID and AUTH_GITHUB_SECRET, or AUTH_GOOGLE_ID and AUTH_GOOGLE_SECRET.',
  )
})

test('a port that was asked for and is taken is refused by name', async () => {
  const taken = new URL(process.env.BASE_URL ?? '').port
  dev = startDev(data, { PORT: taken })
  expect(await dev.exited).toBe(1)
  expect(dev.output()).toContain(`Port ${taken} is taken, and PORT asks for it.`)
})

test('an empty secret is refused before anything starts', async () => {
  dev = startDev(data, { STRIPE_WEBHOOK_SECRET: '' })
  expect(await dev.exited).toBe(1)
  expect(dev.output()).toContain('STRIPE_WEBHOOK_SECRET is set but empty.')
})

test('a database that does not answer is named without its password', async () => {
  dev = startDev(data, { DATABASE_URL: 'postgresql://ledger:hush@127.0.0.1:1/ledger' })
  expect(await dev.exited).toBe(1)
  expect(dev.output()).toContain(
    'DATABASE_URL points at 127.0.0.1:1/ledger, and no PostgreSQL answers',
  )
  expect(dev.output()).not.toContain('hush')
})

/** The same place under every address of this machine that others may know. */
function elsewhere(url: string): string[] {
  const { port } = new URL(url)
  return Object.values(networkInterfaces())
    .flatMap((addresses) => addresses ?? [])
    .filter(({ internal, scopeid }) => !internal && !scopeid)
    .map(({ address, family }) => `http://${family === 'IPv6' ? `[${address}]` : address}:${port}`)
}

/** Those of `urls` where anything answers. */
async function answersFrom(urls: string[]): Promise<string[]> {
  const reached = urls.map(async (url) => {
    const signal = AbortSignal.timeout(5_000)
    const response = await fetch(`${url}/pricing`, { signal }).catch(() => null)
    return response ? [url] : []
  })
  return (await Promise.all(reached)).flat()
}

/** Asks the database of the dev that runs: a second start on its directory joins it. */
async function query(text: string) {
  const { url } = await startPostgres({ dir: join(data, 'postgres') })
  const sql = postgres(url, { max: 1 })
  try {
    return [...(await sql.unsafe(text))]
  } finally {
    await sql.end()
  }
}
