import { sql } from 'drizzle-orm'
import { db } from '@/db/client'
import journal from '@/db/migrations/meta/_journal.json'
import { LAPSED_USE } from '@/db/queries/lapsed-uses'
import { rowsOf } from '@/db/rows-of'
import { env } from '@/lib/env'
import { journalSchema, schemaOf } from '@/lib/env-schema'

/** What the health check reads. Ages are in milliseconds by the database's clock; null: there is none. */
export type HealthFacts = {
  /** Every migration that this code knows was applied. */
  migrated: boolean
  /** How long the target that has waited longest has been due. */
  dueFor: number | null
  /** A dirty target has failed twelve times or more. */
  parked: boolean
  /** An event was given up. */
  dead: boolean
  /** A customer with a living plan is not at Stripe: its plan will end, or the key is a wrong one. */
  missing: boolean
  /** How long the entry that has waited longest could have been delivered. */
  outboxFor: number | null
  /** How long what was left out of the revenue has waited to be counted. */
  revenueFor: number | null
  /** Something could not be read for the revenue, and will not be by itself. */
  unread: boolean
  /** A use was not metered, and Stripe takes it no more. */
  unmetered: boolean
  /** Since Stripe's events were last looked through, by business time. */
  cursorAge: number | null
  /** Since the end of the last anchored day. */
  anchorAge: number | null
  /** Since each job last ended well. */
  jobAges: Record<string, number | null>
}

const NEWEST = Math.max(...journal.entries.map(({ when }) => when))

/**
 * Asks for all of it in one round trip; null when the tables are not there yet.
 * `parkedAfter`: after how many failures a target needs an operator.
 */
export async function readHealth(parkedAfter: number): Promise<HealthFacts | null> {
  const applied = sql.identifier(journalSchema(schemaOf(env().databaseUrl)))
  const asking = db().execute<HealthFacts>(sql`
    select (select max(created_at) >= ${NEWEST}::bigint from ${applied}.__drizzle_migrations) as migrated,
      (select ${age(sql`min(next_run_at)`)} from sync_targets where dirty_seq > synced_seq) as "dueFor",
      exists (select from sync_targets
        where dirty_seq > synced_seq and attempts >= ${parkedAfter}) as parked,
      exists (select from webhook_events where state = 'dead') as dead,
      exists (select from customers c where c.missing_at is not null and c.deleted_at is null
        and exists (select from subscriptions s
          where s.customer_id = c.id and s.ended_at is null)) as missing,
      (select ${age(sql`min(case when attempts = 0 then next_run_at else created_at end)`)}
        from outbox where delivered_at is null and kind <> ${LAPSED_USE}) as "outboxFor",
      (select ${age(sql`min(left_at)`)} from revenue_left_out where news is not null) as "revenueFor",
      exists (select from revenue_left_out where news is null) as unread,
      exists (select from outbox where kind = ${LAPSED_USE} and delivered_at is null) as unmetered,
      (select ${age(sql`last_run_at`)} from reconcile_cursors where name = 'events') as "cursorAge",
      (select ${age(sql`(max(day) + 1)::timestamp at time zone 'UTC'`)}
        from audit_anchors) as "anchorAge",
      (select coalesce(jsonb_object_agg(job, ${age(sql`at`)}), '{}') from heartbeats) as "jobAges"`)
  try {
    const [facts] = await asking
    return facts ?? null
  } catch (error) {
    if (error instanceof Error && isUnmigrated(error.cause)) return null
    throw error
  }
}

/** Proves that a webhook could be stored now; leaves nothing behind. @throws the error that would prevent it */
export async function proveWrites(): Promise<void> {
  await rowsOf(sql`select prove_writes()`)
}

function age(instant: ReturnType<typeof sql>) {
  return sql`extract(epoch from clock_timestamp() - (${instant}))::float8 * 1000`
}

// A table, a column or drizzle's own schema is missing.
function isUnmigrated(cause: unknown): boolean {
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : ''
  return ['42P01', '42703', '3F000'].includes(code)
}
