import 'server-only'
import '@/db/query-errors'
import { drizzle, type PostgresJsDatabase } from 'drizzle-orm/postgres-js'
import type postgres from 'postgres'
import { openPool, type Pool } from '@/db/pool'
import { outageOr } from '@/db/query-errors'
import { type Asking, inOneMessage, NO_OPTIONS, pending, transact } from '@/db/transact'
import { env } from '@/lib/env'

/**
 * The database, connected at first use. Safe behind a transaction-mode pooler: no prepared statements,
 * no session state, one query at a time on each connection. No query waits longer than its request's
 * deadline allows.
 * @throws {Unavailable} from each query, when Postgres cannot answer now
 */
export function db(): Database {
  const current = pool()
  if (known?.pool !== current) known = { pool: current, database: connect(current) }
  return known.database
}

export type Database = PostgresJsDatabase<Record<string, never>>

/** Only what `inTransaction` hands out: a function that takes it cannot be called with the pool. */
export type Transaction = Parameters<Parameters<Database['transaction']>[0]>[0]

/**
 * Runs `work` in one transaction, which has a connection for as long as it lasts. Every query in it goes
 * through `tx`: one that does not gets a second connection only if one is free, and fails otherwise.
 */
export function inTransaction<T>(work: (tx: Transaction) => Promise<T>): Promise<T> {
  return db().transaction(work)
}

/** The connections to Postgres: one pool for the process. */
function pool(): Pool {
  shared.ledgerlinePool ??= openPool(env().databaseUrl)
  return shared.ledgerlinePool
}

/** Ends the pool: for scripts and tests, which would otherwise never exit. */
export async function disconnect(): Promise<void> {
  const open = shared.ledgerlinePool
  shared.ledgerlinePool = undefined
  await open?.end()
}

let known: { pool: Pool; database: Database } | undefined

function connect(lines: Pool): Database {
  const client = {
    options: NO_OPTIONS,
    unsafe: (text: string, args?: unknown[]) =>
      pending((as) => lines.use((line) => as(inOneMessage(line, text, args)))),
    begin: <T>(work: (asking: Asking) => Promise<T>) =>
      lines
        .hold((line) => transact(line, work))
        .catch((error: unknown) => {
          throw outageOr(error)
        }),
  }
  // Safe: Drizzle asks nothing else of the driver's client.
  return drizzle({ client: client as unknown as postgres.Sql, casing: 'snake_case' })
}

// Next bundles this file once for pages and once for routes, and reloads it in development: one pool must
// serve both bundles and outlive a reload. The cast names one property of our own on the global object.
const shared = globalThis as typeof globalThis & { ledgerlinePool?: Pool | undefined }
