import type { SQL } from 'drizzle-orm'
import { db } from '@/db/client'

/**
 * The rows of a statement that Drizzle has no builder for.
 * @throws {Unavailable | DrizzleQueryError} as any other query does, with the driver's error for its cause
 */
export async function rowsOf<Row>(statement: SQL): Promise<readonly Row[]> {
  const rows: readonly unknown[] = await db().execute(statement)
  // The statement decides what a row has, so its author names the type.
  return rows as readonly Row[]
}
