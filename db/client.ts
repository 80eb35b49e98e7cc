import 'server-only'
import '@/db/query-errors'
import { sql } from 'drizzle-orm'
import { drizzle } from 'drizzle-orm/postgres-js'
import postgres from 'postgres'
import { openSocket } from '@/db/open-socket'
import { env } from '@/lib/env'

/**
 * The pool, made at first use. Safe behind a transaction-mode pooler: no prepared
 * statements, no session state.
 */
export function db() {
  shared.ledgerlineDb ??= connect(env().databaseUrl)
  return shared.ledgerlineDb
}

export type Database = ReturnType<typeof connect>

/** Only what `inTransaction` hands out: a function that takes it cannot be called with the pool. */
export type Transaction = Parameters<Parameters<Database['transaction']>[0]>[0]

/**
 * Runs `work` in one transaction. It waits for no lock longer than two seconds, and Postgres ends it
 * when its process freezes: what it has locked, others wait for.
 */
export function inTransaction<T>(work: (tx: Transaction) => Promise<T>): Promise<T> {
  return db().transaction(async (tx) => {
    await tx.execute(sql`select set_config('lock_timeout', '2s', true),
      set_config('idle_in_transaction_session_timeout', '10s', true)`)
    return work(tx)
  })
}

/** Ends the pool: for scripts and tests, which would otherwise never exit. */
export async function disconnect(): Promise<void> {
  const open = shared.ledgerlineDb
  shared.ledgerlineDb = undefined
  await open?.$client.end({ timeout: 5 })
}

function connect(url: string) {
  const client = postgres(url, {
    prepare: false,
    // A serverless instance serves few requests at once; a small pool keeps hundreds of instances within the server's limit.
    max: 10,
    // Seconds. A webhook that cannot be stored must answer 503 well before Stripe gives up on it.
    connect_timeout: 3,
    idle_timeout: 20,
    // Seconds. The driver's own pause grows to twenty, for which nobody waits who asks after an outage.
    backoff: (failures) => Math.random() * Math.min(3 ** failures / 100, 0.5),
    onnotice: () => {},
    ...SOCKET,
  })
  return drizzle({ client, casing: 'snake_case' })
}

// Spread, because the driver knows this option and its types do not.
const SOCKET = { socket: openSocket }

// Next reloads modules in development; the pool must outlive the reload or connections pile up.
// The cast names one property of our own on the global object.
const shared = globalThis as typeof globalThis & { ledgerlineDb?: Database | undefined }
