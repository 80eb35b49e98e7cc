import { type SQL, sql } from 'drizzle-orm'
import type { PgColumn } from 'drizzle-orm/pg-core'

/**
 * An instant that this process worked out, on the database's own clock: as far from its now as it is from
 * ours. Whoever compares the row later, here or in another process, goes by that clock alone.
 */
export function onDatabaseClock(instant: Date): SQL<Date> {
  return sql`clock_timestamp() + make_interval(secs => ${(instant.getTime() - Date.now()) / 1000})`
}

/** How many milliseconds a row's instant lies ahead, by the database's clock; behind, when it is below zero. */
export function millisecondsUntil(column: PgColumn): SQL<number> {
  return sql<number>`extract(epoch from ${column} - clock_timestamp())::float8 * 1000`
}

/** The instant that lies so many milliseconds ahead on our own clock, for somebody else's code that goes by that. */
export function onOurClock(milliseconds: number): Date {
  return new Date(Date.now() + milliseconds)
}
