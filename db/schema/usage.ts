import { sql } from 'drizzle-orm'
import { check, integer, pgTable, primaryKey, text, timestamp, uuid } from 'drizzle-orm/pg-core'
import { workspaces } from '@/db/schema/workspaces'
import type { WorkspaceId } from '@/lib/ids'

/** How much of a month's limit a workspace has used. One row per workspace and month, so that a plan change keeps what was used. */
export const usageCounters = pgTable(
  'usage_counters',
  {
    workspaceId: uuid()
      .$type<WorkspaceId>()
      .notNull()
      .references(() => workspaces.id, { onDelete: 'cascade' }),
    // The first instant of the usage month, UTC.
    periodStart: timestamp({ withTimezone: true, mode: 'date' }).notNull(),
    used: integer().notNull().default(0),
  },
  (table) => [
    primaryKey({ columns: [table.workspaceId, table.periodStart] }),
    check('usage_counters_not_negative', sql`${table.used} >= 0`),
  ],
)

/** Each counted use under the caller's own key, so that a retry counts once. */
export const usageEvents = pgTable(
  'usage_events',
  {
    workspaceId: uuid()
      .$type<WorkspaceId>()
      .notNull()
      .references(() => workspaces.id, { onDelete: 'cascade' }),
    idempotencyKey: text().notNull(),
    quantity: integer().notNull(),
    usedAt: timestamp({ withTimezone: true, mode: 'date' }).notNull().defaultNow(),
  },
  (table) => [primaryKey({ columns: [table.workspaceId, table.idempotencyKey] })],
)
