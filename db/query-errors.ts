import { DrizzleQueryError } from 'drizzle-orm'
import { PgPreparedQuery } from 'drizzle-orm/pg-core'
import { Unavailable } from '@/lib/errors'
import { noteOutage } from '@/lib/outage'

/** What the caller of a failed query gets: Unavailable when Postgres cannot answer now, else Drizzle's error. */
function queryFailure(error: unknown, text: string, params: unknown[]): Error {
  if (isOutage(error)) return outageOr(error)
  const failure = new DrizzleQueryError(text, params, error instanceof Error ? error : undefined)
  // A violated constraint or a bad value is for the caller to handle; the rest is a broken database.
  if (!/^2[23]/.test(codeOf(error))) noteOutage(failure)
  return failure
}

/** Unavailable, with the driver's words as its cause, for what passes by itself or by an operator's hand. */
export function outageOr<Other>(error: Other): Unavailable | Other {
  if (!isOutage(error)) return error
  const failure = new Unavailable('records_away', { cause: error })
  noteOutage(failure)
  return failure
}

/**
 * Whether Postgres refused a statement for a value in it, or for another transaction that it met. Nothing of it is
 * committed, and parts of it by themselves may be.
 */
export function isRefusedStatement(error: unknown): boolean {
  const cause = error instanceof Error ? error.cause : null
  return cause instanceof Error && /^2[23]|^(55P03|40P01|40001)$/.test(codeOf(cause))
}

/** Whether the database is the cause, and neither the statement nor its data. */
function isOutage(error: unknown): error is Error {
  if (!(error instanceof Error) || error instanceof TypeError) return false
  return ('severity_local' in error ? SQL_OUTAGE : DRIVER_OUTAGE).test(codeOf(error))
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : ''
}

// By class: connection, resources (disk full, too many connections), intervention (shutdown, a statement that
// was ended), system, login, no such database, internal; then a lock, a deadlock, a conflict, a read-only
// server, and a transaction that sat idle.
const SQL_OUTAGE = /^(08|53|57|58|28|3D|XX)|^(55P03|40P01|40001|25006|25P03|25P04)$/

// The pool's own, the driver's, the system's, and those of TLS.
const DRIVER_OUTAGE =
  /^(QUERY_LATE|POOL_BUSY|SCHEMA_MISSED|CONNECTION_\w+|CONNECT_TIMEOUT|SASL_\w+|E[A-Z_]+|\w*CERT\w*|UNABLE_TO_\w+)$/

// Drizzle wraps each failure of a query in this place, and would keep an answer here if we gave it a cache.
Object.defineProperty(PgPreparedQuery.prototype, 'queryWithCache', {
  async value(text: string, params: unknown[], query: () => Promise<unknown>) {
    try {
      return await query()
    } catch (error) {
      throw queryFailure(error, text, params)
    }
  },
})

/**
 * Drizzle's error repeats a statement's parameters, payloads and addresses among them, and whatever
 * prints an error would print those. It sets `params` while it is made: here that drops them, and
 * the message with them. The driver's own words stay, as the cause.
 */
Object.defineProperty(DrizzleQueryError.prototype, 'params', {
  configurable: true,
  get: () => undefined,
  set(this: DrizzleQueryError) {
    this.message = 'A query failed; its cause says why.'
  },
})
