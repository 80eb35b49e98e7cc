import type postgres from 'postgres'

// Tables that grow with customers and with time. The others have a row for each job, operator or day.
const GROWING = [
  ...['users', 'workspaces', 'memberships', 'customers', 'subscriptions', 'entitlements'],
  ...['webhook_events', 'sync_targets', 'audit_log', 'audit_heads', 'outbox', 'checkout_intents'],
  ...['audit_anchor_heads', 'customer_claims', 'price_moves', 'sessions', 'accounts'],
  // Not usage_events: its index by time is of ranges of pages, and a small crowd fills none of them.
  ...['usage_counters', 'usage_credits', 'usage_days', 'billing_facts'],
  ...['sign_in_networks', 'api_keys', 'trials'],
  ...['revenue_moments', 'revenue_movements', 'revenue_subscriptions', 'revenue_invoices'],
]

/**
 * How often each growing table was read from its beginning to its end since the statistics began, as Postgres
 * counts it. A connection tells its counts when it ends: end those that asked first. `also`: further tables.
 */
export async function sequentialScans(
  sql: postgres.Sql,
  also: readonly string[] = [],
): Promise<Record<string, number>> {
  const rows = await sql<{ relname: string; seq_scan: string }[]>`
    select relname, seq_scan from pg_stat_user_tables where relname = any(${[...GROWING, ...also]})`
  return Object.fromEntries(rows.map(({ relname, seq_scan: scans }) => [relname, Number(scans)]))
}

/** The tables that were scanned between two counts. */
export function scannedBetween(
  before: Readonly<Record<string, number>>,
  after: Readonly<Record<string, number>>,
): string[] {
  return Object.keys(after).filter((table) => (after[table] ?? 0) > (before[table] ?? 0))
}

// A connection that ends is gone within moments.
const PATIENCE_MS = 10_000

/** The counts once no connection but this one is left, whose own end would bring more. */
export async function settledScans(
  sql: postgres.Sql,
  also: readonly string[] = [],
): Promise<Record<string, number>> {
  const until = performance.now() + PATIENCE_MS
  while ((await othersOf(sql)) > 0)
    if (performance.now() > until) throw new Error('Another connection counts on.')
  // What this connection itself did while it filled the tables may still wait to be counted.
  await sql`select pg_stat_force_next_flush()`
  await sql`select pg_stat_clear_snapshot()`
  return sequentialScans(sql, also)
}

async function othersOf(sql: postgres.Sql): Promise<number> {
  const [row] = await sql<{ others: number }[]>`
    select count(*)::int as others from pg_stat_activity
    where datname = current_database() and pid <> pg_backend_pid() and backend_type = 'client backend'`
  return row?.others ?? 0
}
