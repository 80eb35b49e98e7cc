import { randomBytes } from 'node:crypto'
import postgres from 'postgres'
import { afterAll, inject } from 'vitest'
import { ALIASES } from '@/lib/env-aliases'
import { databaseUrl } from './test-databases/url'

// Runs before each test file on a database, and before anything that the file imports.
const server = inject('postgres')
const redis = inject('redis')
const name = `ledgerline_test_${randomBytes(6).toString('hex')}`

const sql = toServer()
await sql`create database ${sql(name)} template ${sql(server.template)} strategy file_copy`

Object.assign(process.env, {
  APP_ENV: 'test',
  APP_URL: 'http://localhost:3000',
  DATABASE_URL: databaseUrl(server.url, name),
  STRIPE_SECRET_KEY: 'sk_test_ledgerline',
  // A sandbox has no rate to keep: its readers never wait for each other.
  STRIPE_READS_PER_SECOND: '10000',
  STRIPE_WEBHOOK_SECRET: 'whsec_dGVzdC1zZWNyZXQtb2YtbGVkZ2VybGluZQ',
  AUTH_SECRET: 'for-tests-only-and-long-enough-to-be-one',
  CRON_SECRET: 'for-tests-only-and-long-enough-to-run-crons',
  ADMIN_EMAILS: 'first-operator@example.test,second-operator@example.test',
  UPSTASH_REDIS_REST_URL: redis.url,
  UPSTASH_REDIS_REST_TOKEN: redis.token,
})
// A developer's own settings must not leak into what tests see.
const OTHERS = ['DIRECT_DATABASE_URL', 'DATABASE_SCHEMA', 'STRIPE_API_BASE']
for (const variable of [...OTHERS, ...Object.values(ALIASES).flat()]) delete process.env[variable]

// `force`: a pool that the file left open must not keep the database.
afterAll(async () => {
  await sql`drop database if exists ${sql(name)} with (force)`
})

/** A connection to the server itself, which all files of this worker use: one costs more than what it is for. */
function toServer(): postgres.Sql {
  // The cast names one property of the tests' own. What is the application's is forgotten before each file.
  const kept = globalThis as typeof globalThis & { testServer?: postgres.Sql }
  kept.testServer ??= postgres(server.url, { max: 1, fetch_types: false, onnotice: () => {} })
  return kept.testServer
}
