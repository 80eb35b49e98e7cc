import { sql } from 'drizzle-orm'
import {
  check,
  date,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  timestamp,
  uuid,
} from 'drizzle-orm/pg-core'
import { workspaces } from '@/db/schema/workspaces'
import type { WorkspaceId } from '@/lib/ids'

const instant = () => timestamp({ withTimezone: true, mode: 'date' })

const workspaceId = () =>
  uuid()
    .$type<WorkspaceId>()
    .notNull()
    .references(() => workspaces.id, { onDelete: 'cascade' })

/**
 * How much of a period's limit a workspace has used. One row per workspace and period, so that a
 * plan change keeps what was used.
 */
export const usageCounters = pgTable(
  'usage_counters',
  {
    workspaceId: workspaceId(),
    // The first instant of the usage period, UTC. `usage_period` says which it is.
    periodStart: instant().notNull(),
    // What counted, beyond the limit, too, where the plan goes on there. Credits that were spent are not in it.
    used: integer().notNull().default(0),
    // What is reserved and neither committed nor given back: it is kept free for that reservation.
    held: integer().notNull().default(0),
  },
  (table) => [
    primaryKey({ columns: [table.workspaceId, table.periodStart] }),
    check('usage_counters_not_negative', sql`${table.used} >= 0 and ${table.held} >= 0`),
  ],
)

/**
 * `counted`: for good. `held`: reserved until it expires. `refunded` and `expired`: its units went back, and
 * its key may be used again.
 */
export type UsageState = 'counted' | 'held' | 'refunded' | 'expired'

/** Each use under the caller's own key, so that a retry counts once. Removed when no retry can come any more. */
export const usageEvents = pgTable(
  'usage_events',
  {
    workspaceId: workspaceId(),
    idempotencyKey: text().notNull(),
    quantity: integer().notNull(),
    state: text().$type<UsageState>().notNull(),
    // Raised each time that the key is reserved anew: an earlier reservation can neither commit nor give back.
    attempt: integer().notNull().default(1),
    // Of the quantity, what is on the counter of this period; the rest are credits.
    periodStart: instant().notNull(),
    planUnits: integer().notNull(),
    // From which credits the rest was taken, so that it can go back there.
    credits: jsonb().$type<{ id: string; units: number }[]>().notNull(),
    // When a reservation gives its units back by itself; a lease, so by the database's own clock.
    expiresAt: instant(),
    usedAt: instant().notNull().default(sql`clock_timestamp()`),
  },
  (table) => [
    primaryKey({ columns: [table.workspaceId, table.idempotencyKey] }),
    // Few: what every count looks through for units to give back.
    index('usage_events_held')
      .on(table.workspaceId, table.expiresAt)
      .where(sql`${table.state} = 'held'`),
    // Rows come in the order of time, so the smallest index will do for removing the oldest.
    index('usage_events_by_used_at').using('brin', table.usedAt),
    check('usage_events_state', sql`${table.state} in ('counted', 'held', 'refunded', 'expired')`),
    check(
      'usage_events_held_expires',
      sql`${table.state} <> 'held' or ${table.expiresAt} is not null`,
    ),
  ],
)

/**
 * What was used on each day, UTC, whatever paid for it: the history that a page draws, kept when
 * the uses are removed.
 */
export const usageDays = pgTable(
  'usage_days',
  {
    workspaceId: workspaceId(),
    day: date().notNull(),
    units: integer().notNull(),
  },
  (table) => [primaryKey({ columns: [table.workspaceId, table.day] })],
)

/** Uses that were bought beside the plan. Spent those first that expire first; a row is never removed. */
export const usageCredits = pgTable(
  'usage_credits',
  {
    id: uuid().primaryKey().defaultRandom(),
    workspaceId: workspaceId(),
    // What they were given for, such as a Checkout session: the same cause gives once.
    source: text().notNull().unique('usage_credits_once_per_source'),
    quantity: integer().notNull(),
    remaining: integer().notNull(),
    // Not spent when the money went back in full, and taken away with it.
    takenBack: integer().notNull().default(0),
    // With which they were paid for; null for a gift.
    paymentIntentId: text(),
    grantedAt: instant().notNull().default(sql`clock_timestamp()`),
    // Business time. Null: they do not expire.
    expiresAt: instant(),
    // The money is on its way back: what a reservation still gives back is taken, too. Null again when that failed.
    revokedAt: instant(),
  },
  (table) => [
    index('usage_credits_left')
      .on(table.workspaceId, table.expiresAt)
      .where(sql`${table.remaining} > 0`),
    index('usage_credits_by_payment').on(table.paymentIntentId),
    check(
      'usage_credits_add_up',
      sql`${table.quantity} > 0 and ${table.remaining} >= 0 and ${table.takenBack} >= 0 and ${table.remaining} + ${table.takenBack} <= ${table.quantity}`,
    ),
  ],
)
