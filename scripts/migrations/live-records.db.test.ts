import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import postgres from 'postgres'
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { env } from '@/lib/env'
import { serverScript } from '@/scripts/stack/paths'
import { run } from '@/scripts/stack/run'

// Each starts processes, on machines that are busy with everything else.
vi.setConfig({ testTimeout: 120_000 })

const url = env().databaseUrl
// A database of this server that was never migrated.
const elsewhere = Object.assign(new URL(url), { pathname: '/postgres' }).href
const folder = mkdtempSync(join(tmpdir(), 'ledgerline-live-'))
let sql: postgres.Sql

beforeAll(async () => {
  sql = postgres(url, { max: 1, onnotice: () => {} })
  await sql`insert into customers (id, livemode) values ('cus_live', false)`
})
afterAll(async () => {
  await sql.end()
  rmSync(folder, { recursive: true, force: true })
})

const migrate = (given: Record<string, string>) =>
  run(serverScript('scripts/migrate.ts'), { ...process.env, APP_ENV: '', VERCEL_ENV: '', ...given })

it.each<Record<string, string>>([
  { VERCEL_ENV: 'preview' },
  { APP_ENV: 'preview' },
  { APP_ENV: 'production', VERCEL_ENV: 'preview' },
  { APP_ENV: 'development' },
  { VERCEL_ENV: 'development' },
  { APP_ENV: 'test' },
  {},
])('what is not production (%j) and was given its database changes nothing', async (given) => {
  await sql`update customers set livemode = true`
  const { ok, output } = await migrate(given)
  expect(ok).toBe(false)
  expect(output).toMatch(/^DATABASE_URL leads to .* customers of Stripe/)
  expect(output).not.toContain(new URL(url).password)
})

it.each([
  ['npm run dev', 'scripts/dev.ts', []],
  ['npm run setup', 'scripts/setup.ts', ['--yes', '--file', '/nowhere/.env']],
])(
  '%s begins nothing where a database of live customers is given, by whatever name',
  async (_, script, words) => {
    await sql`update customers set livemode = true`
    for (const given of [
      { POSTGRES_URL: url },
      { POSTGRES_URL: url, POSTGRES_URL_NON_POOLING: url },
      // The application would write to the one, whatever the other is.
      { DATABASE_URL: url, DIRECT_DATABASE_URL: elsewhere },
    ]) {
      const { ok, output } = await run(serverScript(script, ...words), { ...bare(), ...given })
      const named = 'DATABASE_URL' in given ? 'DATABASE_URL' : Object.keys(given).at(-1)
      expect([ok, output]).toEqual([
        false,
        expect.stringContaining(
          `✗ ${named} leads to a database with customers of Stripe's live mode`,
        ),
      ])
      expect(output).not.toContain('migrations applied')
    }
  },
)

it('production migrates it, and a preview one without live customers', async () => {
  expect(await migrate({ VERCEL_ENV: 'production' })).toMatchObject({ ok: true })
  await sql`update customers set livemode = false`
  expect(await migrate({ VERCEL_ENV: 'preview' })).toMatchObject({ ok: true })
})

it('understands the names that Neon gives, and goes around the pooler', async () => {
  const given = { DATABASE_URL: '', POSTGRES_URL: 'postgres://a:b@127.0.0.1:1/pooled' }
  const { ok, output } = await migrate({ ...given, POSTGRES_URL_NON_POOLING: url })
  expect([ok, output]).toEqual([true, expect.stringContaining('up to date')])
})

// A laptop on which nothing else was given.
function bare(): NodeJS.ProcessEnv {
  const blank = ['DATABASE_URL', 'DIRECT_DATABASE_URL', 'APP_ENV', 'VERCEL_ENV']
  const secrets = ['STRIPE_SECRET_KEY', 'STRIPE_WEBHOOK_SECRET', 'AUTH_SECRET', 'CRON_SECRET']
  const kept = Object.entries(process.env).filter(
    ([name]) => ![...blank, ...secrets].includes(name),
  )
  return { ...Object.fromEntries(kept), NODE_ENV: 'test', LEDGERLINE_DATA_DIR: folder }
}
