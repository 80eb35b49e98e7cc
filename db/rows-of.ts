import type { SQL } from 'drizzle-orm'
import { PgDialect } from 'drizzle-orm/pg-core'
import { pool } from '@/db/client'
import { queryFailure } from '@/db/query-errors'

/**
 * Runs one statement in one round trip. Without prepared statements the driver sends parameters only
 * after it has asked for their types, which is a second trip to Postgres; what already lies on the
 * query it sends along. So they go as text, and Postgres infers each type from its place.
 * Takes texts, numbers, booleans and null.
 * @throws {Unavailable | DrizzleQueryError} as any other query does, with the driver's error for its cause
 */
export async function inOneTrip<Row>(statement: SQL): Promise<readonly Row[]> {
  const { sql, params } = dialect.sqlToQuery(statement)
  const parameters = params.map(asText)
  try {
    return await pool().use(async ({ client }) =>
      Object.assign(client.unsafe<Row[]>(sql, [], AS_MESSAGES), { parameters }),
    )
  } catch (error) {
    throw queryFailure(error, sql, params)
  }
}

// A query without arguments would go as plain text, which takes no parameters.
const AS_MESSAGES = { prepare: false, simple: false }

const dialect = new PgDialect({ casing: 'snake_case' })

function asText(value: unknown): string | null {
  if (value === null) return null
  if (['string', 'number', 'boolean'].includes(typeof value)) return String(value)
  throw new TypeError(`A ${typeof value} cannot be a parameter here: make it a text first.`)
}
