import type postgres from 'postgres'

// More than a batch of pruning, which is taken back after each turn.
const OLD = 600

/**
 * What waits and what is old is as much in every size, so that only the size differs: of those whom nothing helps
 * the first few stay, and of each kind that pruning takes there is a batch.
 */
export async function levelBacklog(sql: postgres.Sql): Promise<void> {
  for (const statement of STATEMENTS) await sql.unsafe(statement)
  await sql.unsafe('vacuum analyze')
}

const all = `generate_series(1, ${OLD}) n`
const ID = `('00000000-0000-4000-8000-' || lpad(to_hex(1 + n % 100), 12, '0'))::uuid`
// As long as one of Stripe's is where it lies, compressed. Of shorter ones a page holds so many that their emptied
// rows find no room beside them, and lie all over the table, which is another question than that of its size.
const BODY = `(select string_agg(md5(n || ':' || k), '') from generate_series(1, 48) k)`
const LONG_AGO = `now() - interval '100 days' - n * interval '1 second'`

const STATEMENTS = [
  `update sync_targets set synced_seq = dirty_seq, attempts = 0 where dirty_seq > synced_seq
    and key not in ('cus_crowd2000', 'cus_crowd4000')`,
  `update sync_targets set next_run_at = now() + interval '1 day' where dirty_seq > synced_seq`,
  `update outbox set delivered_at = now() where delivered_at is null
    and key not in ('mail:notification:crowd2000', 'mail:notification:crowd4000')`,
  `insert into webhook_events (id, type, target_key, object_id, customer_id, livemode, stripe_created_at, received_at, seq, state, done_at, payload, payload_sha256)
    select 'evt_0old' || n, 'invoice.paid', 'cus_crowd' || 1 + n % 100, 'in_0old' || n, 'cus_crowd' || 1 + n % 100, false, ${LONG_AGO}, ${LONG_AGO}, 1, 'done', ${LONG_AGO}, ${BODY}, '00'
    from ${all} on conflict (id) do update set payload = excluded.payload`,
  `insert into outbox (key, kind, target_key, payload, created_at, next_run_at, attempts, delivered_at)
    select 'mail:0old' || n, 'mail', 'cus_crowd' || 1 + n % 100, jsonb_build_object('to', 'old@example.test'), now() - interval '40 days', now() - interval '40 days', 1, now() - interval '40 days' - n * interval '1 second'
    from ${all} on conflict (key) do update set payload = excluded.payload`,
  `insert into outbox (key, kind, target_key, payload, created_at, next_run_at, attempts, delivered_at)
    select 'mail:0older' || n, 'mail', 'cus_crowd' || 1 + n % 100, '{"to":""}', ${LONG_AGO}, ${LONG_AGO}, 1, ${LONG_AGO}
    from ${all} on conflict (key) do nothing`,
  `insert into checkout_intents (workspace_id, tier, interval, state, session_id, created_at, closed_at)
    select ${ID}, 'pro', 'month', 'expired', 'cs_0old' || n, ${LONG_AGO}, ${LONG_AGO} from ${all}
    where not exists (select from checkout_intents where session_id = 'cs_0old' || n)`,
  `insert into usage_events (workspace_id, idempotency_key, quantity, state, period_start, plan_units, credits, used_at)
    select ${ID}, '0old' || n, 1, 'counted', date_trunc('month', ${LONG_AGO}), 1, '[]', ${LONG_AGO}
    from ${all} on conflict do nothing`,
]
