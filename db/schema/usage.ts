import { sql } from 'drizzle-orm'
import { check, integer, pgTable, primaryKey, text, timestamp } from 'drizzle-orm/pg-core'
import { users } from '@/db/schema/auth'
import type { UserId } from '@/lib/ids'

/** How much of a month's limit a user has used. One row per user and month, so that a plan change keeps what was used. */
export const usageCounters = pgTable(
  'usage_counters',
  {
    userId: text()
      .$type<UserId>()
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    // The first instant of the usage month, UTC.
    periodStart: timestamp({ withTimezone: true, mode: 'date' }).notNull(),
    used: integer().notNull().default(0),
  },
  (table) => [
    primaryKey({ columns: [table.userId, table.periodStart] }),
    check('usage_counters_not_negative', sql`${table.used} >= 0`),
  ],
)

/** Each counted use under the caller's own key, so that a retry counts once. */
export const usageEvents = pgTable(
  'usage_events',
  {
    userId: text()
      .$type<UserId>()
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    idempotencyKey: text().notNull(),
    quantity: integer().notNull(),
    usedAt: timestamp({ withTimezone: true, mode: 'date' }).notNull().defaultNow(),
  },
  (table) => [primaryKey({ columns: [table.userId, table.idempotencyKey] })],
)
