import { randomBytes } from 'node:crypto'
import postgres from 'postgres'
import { startTestServer } from '@/scripts/test-databases/server'
import { ensureTemplate } from '@/scripts/test-databases/template'
import { databaseUrl } from '@/scripts/test-databases/url'

/** Gives each of so many workers a migrated database of its own, as its environment, and takes them away afterwards. */
export async function withDatabases<T>(
  workers: number,
  work: (environments: NodeJS.ProcessEnv[]) => Promise<T>,
): Promise<T> {
  const server = await startTestServer()
  const names = Array.from(
    { length: workers },
    () => `ledgerline_test_${randomBytes(6).toString('hex')}`,
  )
  const sql = postgres(server.url, { max: 1, onnotice: () => {} })
  try {
    const template = await ensureTemplate(server.url)
    for (const name of names) await sql`create database ${sql(name)} template ${sql(template)}`
    return await work(names.map((name) => environment(databaseUrl(server.url, name))))
  } finally {
    for (const name of names) await sql`drop database if exists ${sql(name)} with (force)`
    await sql.end({ timeout: 5 })
    await server.stop()
  }
}

// The boot check asks for all of these; a replay uses the database alone.
function environment(url: string): NodeJS.ProcessEnv {
  return {
    ...process.env,
    APP_ENV: 'test',
    APP_URL: 'http://localhost:3000',
    DATABASE_URL: url,
    DIRECT_DATABASE_URL: undefined,
    STRIPE_API_BASE: undefined,
    STRIPE_SECRET_KEY: 'sk_test_ledgerline',
    STRIPE_WEBHOOK_SECRET: 'whsec_dGVzdC1zZWNyZXQtb2YtbGVkZ2VybGluZQ',
    AUTH_SECRET: 'for-tests-only-and-long-enough-to-be-one',
    UPSTASH_REDIS_REST_URL: 'http://127.0.0.1:1',
    UPSTASH_REDIS_REST_TOKEN: 'unused',
    CRON_SECRET: 'for-tests-only-and-long-enough-to-run-crons',
  }
}
