import { sql } from 'drizzle-orm'
import {
  bigint,
  boolean,
  check,
  index,
  integer,
  jsonb,
  pgTable,
  text,
  timestamp,
} from 'drizzle-orm/pg-core'
import type { CustomerId, EventId } from '@/lib/ids'

const instant = () => timestamp({ withTimezone: true, mode: 'date' })
const counter = () => bigint({ mode: 'number' })

/**
 * The inbox: every authentic event, once and for ever. Stripe may resend one for 30 days, so the
 * key is never pruned.
 */
export const webhookEvents = pgTable(
  'webhook_events',
  {
    id: text().$type<EventId>().primaryKey(),
    type: text().notNull(),
    // The sync target it makes dirty; null for an event that is not for us.
    targetKey: text(),
    objectId: text(),
    customerId: text().$type<CustomerId>(),
    // invoice.attempt_count, the day of the end that a trial's reminder announces, or of a schedule's last phase:
    // part of a natural key.
    attempt: integer(),
    livemode: boolean().notNull(),
    apiVersion: text(),
    // Stripe's second-resolution birth time: a metric, never an order.
    stripeCreatedAt: instant().notNull(),
    receivedAt: instant().notNull().default(sql`clock_timestamp()`),
    // The target's dirty_seq at arrival: commit-ordered per target by its row lock.
    seq: counter(),
    state: text().$type<'pending' | 'done' | 'ignored' | 'dead'>().notNull(),
    // Why it was ignored or given up.
    reason: text(),
    attempts: integer().notNull().default(0),
    lastError: text(),
    doneAt: instant(),
    // Raw bytes as text, for forensics: NUL and lone surrogates break jsonb. Emptied after 90 days, and
    // when the person it is about was erased.
    payload: text(),
    payloadSha256: text().notNull(),
  },
  (table) => [
    index('webhook_events_pending')
      .on(table.targetKey, table.seq)
      .where(sql`${table.state} = 'pending'`),
    // Payloads that are yet to be emptied: a run does not read through years of emptied ones.
    index('webhook_events_with_payload')
      .on(table.receivedAt)
      .where(sql`${table.payload} is not null`),
    // The console lists events, the newest first: all, those of one type, and those of one customer.
    index('webhook_events_by_received').on(table.receivedAt, table.id),
    index('webhook_events_by_type').on(table.type, table.receivedAt, table.id),
    index('webhook_events_by_customer').on(table.customerId, table.receivedAt),
    // Few: events about a charge. When its customer's user is erased, they are found.
    index('webhook_events_without_customer')
      .on(table.targetKey)
      .where(sql`${table.customerId} is null`),
    // An operator looks for what a customer named: an invoice, a payment, a session.
    index('webhook_events_by_object').on(table.objectId),
    // Few or none; an outside monitor asks every minute.
    index('webhook_events_dead').on(table.receivedAt).where(sql`${table.state} = 'dead'`),
    check('webhook_events_state', sql`${table.state} in ('pending', 'done', 'ignored', 'dead')`),
  ],
)

/** One row per thing to be re-read from Stripe: a customer, or an object whose events carry no customer. */
export const syncTargets = pgTable(
  'sync_targets',
  {
    // `cus_…`, or `price_…`, `prod_…`, `ch_…`, `dp_…`.
    key: text().primaryKey(),
    // Raised by every signal; the target is dirty while it is above syncedSeq.
    dirtySeq: counter().notNull().default(0),
    // The dirtySeq that the last applied read had seen when it began.
    syncedSeq: counter().notNull().default(0),
    // Raised by every claim; only the newest lease owner may write.
    fence: counter().notNull().default(0),
    leaseUntil: instant(),
    // The lease owner only waits out the debounce window: a person's own request may take over.
    waiting: boolean().notNull().default(false),
    // Not read again before this: debounce after a success, backoff after a failure.
    nextRunAt: instant().notNull().default(sql`clock_timestamp()`),
    attempts: integer().notNull().default(0),
    lastError: text(),
    lastSyncedAt: instant(),
  },
  (table) => [
    index('sync_targets_due')
      .on(table.nextRunAt)
      .where(sql`${table.dirtySeq} > ${table.syncedSeq}`),
    check('sync_targets_seq', sql`${table.syncedSeq} <= ${table.dirtySeq}`),
  ],
)

/** What happened, once each, under a natural key: two events for one fact make one row. Append-only. */
export const billingFacts = pgTable(
  'billing_facts',
  {
    // `invoice.paid:in_…`, `invoice.payment_failed:in_…:2`
    key: text().primaryKey(),
    kind: text().notNull(),
    objectId: text().notNull(),
    customerId: text().$type<CustomerId>(),
    // Null: no event reported it, a read of Stripe showed it.
    eventId: text().$type<EventId>(),
    recordedAt: instant().notNull().default(sql`clock_timestamp()`),
  },
  // What led to payloads about a customer whose user was erased; read each day.
  (table) => [index('billing_facts_by_customer').on(table.customerId)],
)

/** The outbox: what must happen outside of Postgres exactly once, such as a mail. */
export const outbox = pgTable(
  'outbox',
  {
    // A natural key: the same cause never sends twice.
    key: text().primaryKey(),
    kind: text().notNull(),
    targetKey: text(),
    payload: jsonb().$type<Record<string, unknown>>().notNull(),
    createdAt: instant().notNull().default(sql`clock_timestamp()`),
    nextRunAt: instant().notNull().default(sql`clock_timestamp()`),
    attempts: integer().notNull().default(0),
    lastError: text(),
    deliveredAt: instant(),
  },
  (table) => [
    // What went out about one customer, and what went out at all, the newest first.
    index('outbox_by_target').on(table.targetKey, table.createdAt),
    index('outbox_by_created').on(table.createdAt),
    // A kind that waits by the thousand, as emails do without a server, is not read through for the others.
    index('outbox_due').on(table.kind, table.nextRunAt).where(sql`${table.deliveredAt} is null`),
    // Uses that Stripe takes no more: few, and each health check looks for one.
    index('outbox_lapsed')
      .on(table.targetKey)
      .where(sql`${table.kind} = 'lapsed_use' and ${table.deliveredAt} is null`),
    // Emails that were sent and still hold the recipient's address.
    index('outbox_with_address')
      .on(table.deliveredAt)
      .where(sql`${table.kind} = 'mail' and ${table.payload} ->> 'to' <> ''`),
    // For prune_messages, which removes the oldest sent emails, and uses that Stripe's meters have.
    index('outbox_messages_sent')
      .on(table.deliveredAt)
      .where(
        sql`${table.kind} in ('mail', 'metered_use', 'meter_event', 'lapsed_use') and ${table.deliveredAt} is not null`,
      ),
  ],
)

/** How far each of the scans has come, so that the next run goes on there. */
export const reconcileCursors = pgTable('reconcile_cursors', {
  name: text().primaryKey(),
  // Of a scan that goes by our keys.
  lastKey: text().$type<CustomerId>(),
  // Of one that goes by Stripe's time.
  lastEventCreatedAt: instant(),
  lastRunAt: instant(),
})

/** How each scheduled job last ended: a skipped cron leaves no other trace. */
export const heartbeats = pgTable('heartbeats', {
  job: text().primaryKey(),
  // When it last ended well, or since when it is expected to; null: never.
  at: instant(),
  failedAt: instant(),
  // Why the last run failed; null when it ended well.
  lastError: text(),
})
