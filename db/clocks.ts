import { type SQL, sql } from 'drizzle-orm'
import type { PgColumn } from 'drizzle-orm/pg-core'

/**
 * An instant that this process computed, moved to the database's own clock: as far from its now as it is
 * from ours. Every process that compares the row later uses the database's clock alone.
 */
export function onDatabaseClock(instant: Date): SQL<Date> {
  return sql`clock_timestamp() + make_interval(secs => ${(instant.getTime() - Date.now()) / 1000})`
}

/** How many milliseconds a row's instant lies ahead, by the database's clock; behind, when it is below zero. */
export function millisecondsUntil(column: PgColumn): SQL<number> {
  return sql<number>`extract(epoch from ${column} - clock_timestamp())::float8 * 1000`
}

/** The instant that lies so many milliseconds ahead on our own clock, for a library that goes by it. */
export function onOurClock(milliseconds: number): Date {
  return new Date(Date.now() + milliseconds)
}
