import { sql } from 'drizzle-orm'
import { rowsOf } from '@/db/rows-of'

/** Counts and ages of what waits. Ages are in seconds by the database's clock; null: there is nothing to be old. */
export type MetricFacts = {
  inboxPending: number
  inboxDead: number
  targetsDue: number
  targetsParked: number
  outboxPending: number
  inboxOldest: number | null
  dueFor: number | null
  outboxOldest: number | null
  cursorAge: number | null
  anchorAge: number | null
  /** Of the latest events, how long each was on its way here, and from here to being done: the slowest of twenty. */
  deliveryLag: number | null
  processingTime: number | null
  jobAges: Record<string, number | null>
}

// Enough to be about now, and few enough to be read from the end of an index.
const LATEST = 200

/**
 * Asks for all of it in one round trip. Each part reads a partial index of what is open, or the end of one:
 * never the whole of a table that grows.
 */
export async function readMetrics(parkedAfter: number): Promise<MetricFacts> {
  const [facts] = await rowsOf<MetricFacts>(sql`
    with latest as (
      select stripe_created_at, received_at, done_at from webhook_events
      where payload is not null order by received_at desc limit ${LATEST}
    )
    select
      (select count(*)::int from webhook_events where state = 'pending') as "inboxPending",
      (select count(*)::int from webhook_events where state = 'dead') as "inboxDead",
      (select ${age(sql`min(received_at)`)} from webhook_events where state = 'pending') as "inboxOldest",
      (select count(*)::int from sync_targets
        where dirty_seq > synced_seq and next_run_at <= clock_timestamp()) as "targetsDue",
      (select count(*)::int from sync_targets
        where dirty_seq > synced_seq and attempts >= ${parkedAfter}) as "targetsParked",
      (select ${age(sql`min(next_run_at)`)} from sync_targets
        where dirty_seq > synced_seq and next_run_at <= clock_timestamp()) as "dueFor",
      (select count(*)::int from outbox where delivered_at is null) as "outboxPending",
      (select ${age(sql`min(created_at)`)} from outbox where delivered_at is null) as "outboxOldest",
      (select ${age(sql`last_run_at`)} from reconcile_cursors where name = 'events') as "cursorAge",
      (select ${age(sql`(max(day) + 1)::timestamp at time zone 'UTC'`)} from audit_anchors) as "anchorAge",
      (select percentile_cont(0.95) within group (order by extract(epoch from received_at - stripe_created_at))
        from latest)::float8 as "deliveryLag",
      (select percentile_cont(0.95) within group (order by extract(epoch from done_at - received_at))
        from latest where done_at is not null)::float8 as "processingTime",
      (select coalesce(jsonb_object_agg(job, ${age(sql`at`)}), '{}') from heartbeats) as "jobAges"`)
  if (!facts) throw new Error('Postgres answered no row of metrics.')
  return facts
}

function age(instant: ReturnType<typeof sql>) {
  return sql`extract(epoch from clock_timestamp() - (${instant}))::float8`
}
