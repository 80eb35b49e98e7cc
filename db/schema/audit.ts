import {
  bigint,
  date,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  timestamp,
} from 'drizzle-orm/pg-core'
import type { EventId } from '@/lib/ids'

/** Who acted: a person, one of Stripe's events, or one of our own jobs. */
export type AuditActor =
  | { type: 'user'; id: string }
  | { type: 'stripe'; eventId: EventId }
  | { type: 'system'; job: string }

/**
 * Who changed what, from what to what, and which Stripe events led to it. Append-only by
 * trigger, and a hash chain per scope. No foreign keys: rows outlive their subjects.
 */
export const auditLog = pgTable(
  'audit_log',
  {
    // The chain: a customer's id, or `user:…` before there is a customer.
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
  (table) => [primaryKey({ columns: [table.scope, table.n] })],
)

/** The last link of each chain. Locked last in every transaction, so that chains never deadlock. */
export const auditHeads = pgTable('audit_heads', {
  scope: text().primaryKey(),
  n: bigint({ mode: 'number' }).notNull(),
  hash: text().notNull(),
})

/** A day's root over all heads, to be kept outside as well: it makes a rewritten chain detectable. */
export const auditAnchors = pgTable('audit_anchors', {
  day: date().primaryKey(),
  root: text().notNull(),
  scopes: integer().notNull(),
  sentAt: timestamp({ withTimezone: true, mode: 'date' }),
})
