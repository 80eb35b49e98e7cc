import postgres from 'postgres'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { env } from '@/lib/env'
import { serverScript } from '@/scripts/stack/paths'
import { run } from '@/scripts/stack/run'

const url = env().databaseUrl
let sql: postgres.Sql

beforeAll(async () => {
  sql = postgres(url, { max: 1, onnotice: () => {} })
  await sql`insert into customers (id, livemode) values ('cus_live', false)`
})
afterAll(() => sql.end())

const migrate = (given: Record<string, string>) =>
  run(serverScript('scripts/migrate.ts'), { ...process.env, APP_ENV: '', VERCEL_ENV: '', ...given })

it.each([{ VERCEL_ENV: 'preview' }, { APP_ENV: 'preview' }])(
  'a preview (%j) that was given the database of production builds nothing and changes nothing',
  async (given) => {
    await sql`update customers set livemode = true`
    const { ok, output } = await migrate(given)
    expect(ok).toBe(false)
    expect(output).toContain('customers of Stripe')
    expect(output).not.toContain(new URL(url).password)
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
