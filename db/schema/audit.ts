import { sql } from 'drizzle-orm'
import {
  bigint,
  date,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  timestamp,
} from 'drizzle-orm/pg-core'
import type { EventId, UserId, WorkspaceId } from '@/lib/ids'

/** The actor: a person or an API key, for a workspace; an operator; one of Stripe's events; or one of our own jobs. */
export type AuditActor =
  | { type: 'operator'; id: UserId }
  | { type: 'user'; id: UserId; workspaceId: WorkspaceId }
  | { type: 'api_key'; id: string; workspaceId: WorkspaceId }
  | { type: 'stripe'; eventId: EventId }
  | { type: 'system'; job: string }

/**
 * Every change: its actor, the state before and after, and the Stripe events that led to it. Append-only
 * by trigger, and a hash chain per scope. No foreign keys: rows outlive their subjects.
 */
export const auditLog = pgTable(
  'audit_log',
  {
    // The chain: a customer's id, or `user:…` and `workspace:…` before there is a customer.
    scope: text().notNull(),
    n: bigint({ mode: 'number' }).notNull(),
    at: timestamp({ withTimezone: true, mode: 'date' }).notNull(),
    actor: jsonb().$type<AuditActor>().notNull(),
    // `noun.verb`
    action: text().notNull(),
    before: jsonb().$type<Record<string, unknown>>(),
    after: jsonb().$type<Record<string, unknown>>(),
    eventIds: text().array().$type<EventId[]>().notNull(),
    prev: text().notNull(),
    hash: text().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.scope, table.n] }),
    // A day is read whole when it is anchored, and the console lists the newest rows: all, those of one action, and
    // what operators did.
    index('audit_log_by_at').on(table.at),
    index('audit_log_by_action').on(table.action, table.at),
    index('audit_log_of_operators').on(table.at).where(sql`${table.actor} ->> 'type' = 'operator'`),
  ],
)

/** The last link of each chain. Locked last in every transaction, so that chains never deadlock. */
export const auditHeads = pgTable('audit_heads', {
  scope: text().primaryKey(),
  n: bigint({ mode: 'number' }).notNull(),
  hash: text().notNull(),
})

/**
 * A day's root, made when the day is over: over the roots before it, and over the last link of every
 * chain that grew that day. It is sent outside as well, where an owner of the database cannot change it.
 */
export const auditAnchors = pgTable('audit_anchors', {
  day: date().primaryKey(),
  root: text().notNull(),
  // How many chains grew that day.
  scopes: integer().notNull(),
  // HMAC of day and root under a key that is not in the database, and which key.
  mac: text(),
  keyId: text(),
  // When it was sealed and logged; null: the next run does it.
  sentAt: timestamp({ withTimezone: true, mode: 'date' }),
})

/** What a root is over. At most one row per chain and day: never more rows than audit_log has. */
export const auditAnchorHeads = pgTable(
  'audit_anchor_heads',
  {
    day: date().notNull(),
    scope: text().notNull(),
    n: bigint({ mode: 'number' }).notNull(),
    hash: text().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.day, table.scope] }),
    // One chain is held against its anchors.
    index('audit_anchor_heads_by_scope').on(table.scope),
  ],
)
