import type postgres from 'postgres'
import { ID } from './crowd-id'
import { restOf } from './crowd-rest'

export type Crowd = { customers: number; events: number }

/**
 * Fills a database as `customers` who bought and `events` that Stripe sent about them would: users, workspaces,
 * subscriptions in each of their states, access, the inbox, the trail, the outbox, and some of each that are stuck.
 * Rows are made by Postgres itself; chains have the hashes that they must have, and the days
 * that are over are anchored.
 */
export async function fillWith(sql: postgres.Sql, crowd: Crowd): Promise<void> {
  for (const statement of crowdOf(crowd)) await sql.unsafe(statement)
  await sql.unsafe('vacuum analyze')
  await sql`select anchor_audit()`
}

/** The rows themselves; the days are anchored after them. */
export function crowdOf({ customers, events }: Crowd): string[] {
  const perCustomer = Math.max(1, Math.round(events / customers))
  return [...statements(customers, perCustomer), ...restOf(customers)]
}

/** The workspace of the nth of them. */
export function workspaceOf(n: number): string {
  return `00000000-0000-4000-8000-${n.toString(16).padStart(12, '0')}`
}

/** An event of the nth of them. */
export function eventOf(n: number): string {
  return `evt_crowd${n}x1`
}

const CAME = `(now() - n % 24 * interval '30 days')`
const AGO = `clock_timestamp() - n * interval '20 seconds'`
// Those from ninety days ago and from thirty: what pruning takes then is gone.
const KEPT = 380_000
const SAID = 125_000
// A day behind the rest, so that at any hour some of it lies in a day that is over.
const WRITTEN = `now() - interval '1 day' - n * interval '20 seconds'`
const BOUGHT = 'n % 10 <> 9'
// Who has left has the plan no more.
const PLAN = `(${BOUGHT} and n % 20 <> 0)`
const STATUS = `(array['canceled', 'past_due', 'trialing', 'unpaid'])[1 + n % 20]`

function statements(customers: number, perCustomer: number): string[] {
  const all = `generate_series(1, ${customers}) n`
  return [
    `insert into users (id, name, email, email_verified)
      select ${ID}, (array['Ada','Grace','Mary','Dorothy','Katherine'])[1 + n % 5] || ' Surname' || n, 'person' || n || '@example.test', now() from ${all}`,
    `insert into workspaces (id, kind, created_at) select ${ID}::uuid, 'personal', ${AGO} from ${all}`,
    `insert into memberships (workspace_id, user_id, role) select ${ID}::uuid, ${ID}, 'owner' from ${all}`,
    `insert into customers (id, workspace_id, claimed_workspace_id, livemode, created_at)
      select 'cus_crowd' || n, ${ID}::uuid, ${ID}::uuid, false, ${AGO} from ${all}`,
    // Most pay; some have left, are trying it, owe, or pay by the year; and one in ten came and never bought.
    `insert into subscriptions (id, customer_id, status, tier, interval, price_id, unit_amount, currency, quantity,
        current_period_start, current_period_end, cancel_at_period_end, ended_at, trial_end, past_due_since, payment,
        change_unpaid, collection_paused, stripe_created_at, fence, synced_at)
      select 'sub_crowd' || n, 'cus_crowd' || n, coalesce(${STATUS}, 'active'), 'pro', case when n % 5 = 0 then 'year' else 'month' end,
        'price_crowd' || n % 4, 1900, 'usd', 1, now() - interval '3 days', now() + interval '27 days', n % 30 = 4,
        case when ${STATUS} = 'canceled' then ${AGO} end, case when ${STATUS} = 'trialing' then now() + n % 14 * interval '1 day' end,
        case when ${STATUS} = 'past_due' then now() - interval '2 days' end, 'settled', false, n % 100 = 5, ${AGO}, 1, now()
      from ${all} where ${BOUGHT}`,
    `insert into entitlements (workspace_id, tier, earned_tier, status, access, features, limits, subscription_id, reason, fence, computed_at)
      select ${ID}::uuid, 'pro', 'pro', coalesce(${STATUS}, 'active'), 'full', '["priority_support"]'::jsonb, '{"monthlyUses":100}'::jsonb, 'sub_crowd' || n, 'crowd', 1, now()
        from ${all} where ${PLAN}
      union all select ${ID}::uuid, 'free', 'free', 'none', 'none', '[]', '{}', null, 'crowd', 1, now() from ${all} where not (${PLAN})`,
    `insert into sync_targets (key, dirty_seq, synced_seq, fence, last_synced_at, attempts, last_error)
      select 'cus_crowd' || n, 2, case when n % 2000 = 0 then 1 else 2 end, 1, now(),
        case when n % 2000 = 0 then 12 else 0 end, case when n % 2000 = 0 then 'Stripe refused: No such price: price_' || n end from ${all}`,
    `insert into webhook_events (id, type, target_key, object_id, customer_id, livemode, stripe_created_at, received_at, seq, state, last_error, done_at, payload, payload_sha256)
      select 'evt_crowd' || n || 'x' || k, (array['invoice.paid','customer.updated','customer.subscription.updated','checkout.session.completed','payment_method.attached'])[1 + k % 5],
        'cus_crowd' || n, 'obj_crowd' || n || 'x' || k, 'cus_crowd' || n, false, ${AGO}, ${AGO} + interval '1 second', k,
        case when n % 1000 = 0 and k = 1 then 'dead' when n % 50 = 7 and k = 3 then 'ignored' else 'done' end,
        case when n % 1000 = 0 and k = 1 then 'No such price: price_' || n end,
        ${AGO} + interval '2 seconds', case when n < ${KEPT} then json_build_object('id', 'evt_crowd' || n || 'x' || k, 'object', 'event', 'data', json_build_object('object', json_build_object('id', 'obj', 'filler', repeat('x', 200))))::text end, '00'
      from ${all}, generate_series(1, ${perCustomer}) k order by n desc`,
    ...[1, 2, 3].map((k) => auditRow(customers, k)),
    `insert into audit_heads (scope, n, hash) select scope, n, hash from audit_log where n = 3 and scope like 'cus_crowd%'`,
    `insert into outbox (key, kind, target_key, payload, created_at, next_run_at, attempts, last_error, delivered_at)
      select 'mail:notification:crowd' || n, 'mail', 'cus_crowd' || n,
        jsonb_build_object('to', case when n < ${SAID} then 'person' || n || '@example.test' else '' end, 'subject', 'S', 'text', 'T', 'html', '', 'link', null, 'expiresAt', null),
        ${AGO}, ${AGO}, 1, case when n % 2000 = 0 then '550 refused' end, case when n % 2000 = 0 then null else ${AGO} end from ${all} where n < ${KEPT} or n % 2000 = 0`,
    `insert into checkout_intents (workspace_id, tier, interval, state, session_id, created_at, closed_at)
      select ${ID}::uuid, 'pro', 'month', case when n % 50 = 8 then 'expired' else 'completed' end, 'cs_test_crowd' || n, ${AGO}, ${AGO}
      from ${all} where n < ${KEPT} or n % 50 <> 8`,
    `insert into usage_counters (workspace_id, period_start, used)
      select ${ID}::uuid, date_trunc('month', now()) - k * interval '1 month', n % 100 from ${all}, generate_series(0, 2) k`,
    `insert into billing_facts (key, kind, object_id, customer_id, event_id)
      select 'invoice.paid:in_crowd' || n, 'invoice.paid', 'in_crowd' || n, 'cus_crowd' || n, 'evt_crowd' || n || 'x5' from ${all}`,
    // Each customer has come in one of twenty-four months; some have left, and some of those are back.
    `insert into revenue_moments (key, subscription_id, customer_id, at, source, state, status, plan, currency, mrr, later, renews_at, renews_amount)
      select 'evt_crowd' || n || 'r' || k, 'sub_crowd' || n, 'cus_crowd' || n, ${CAME} + k * interval '40 days', 'event', '["active",' || k || ']', 'active', 'pro', 'usd', 1900, '[]', now() + interval '20 days', 1900
      from ${all}, generate_series(0, 2) k order by n desc`,
    `insert into revenue_movements (customer_id, currency, month, until, kind, mrr_before, mrr_after, plan_before, plan_after, cohort, cause)
      select 'cus_crowd' || n, case when n % 3 = 0 then 'eur' else 'usd' end, (date_trunc('month', ${CAME} at time zone 'UTC') + s.later)::date,
        case when s.every = 0 then (select (date_trunc('month', ${CAME} at time zone 'UTC') + e.later)::date from (values (5, interval '2 months'), (7, '3 months')) e (every, later) where n % 35 = e.every) end, s.kind, s.was, s.now, s.of, s.plan, date_trunc('month', ${CAME} at time zone 'UTC')::date, null
      from ${all}, (values (0, interval '0', 'new', 0, 1900, '', 'pro'), (5, '2 months', 'expansion', 1900, 4900, 'pro', 'studio'), (7, '3 months', 'churn', 1900, 0, 'pro', ''), (6, '4 months', 'reactivation', 0, 1900, '', 'pro')) s (every, later, kind, was, now, of, plan)
      where s.every = 0 or n % 35 = s.every order by n desc`,
    `insert into revenue_totals (month, currency, kind, plan_before, plan_after, cohort, cause, shard, customers, mrr_before, mrr_after)
      select month, currency, kind, plan_before, plan_after, cohort, '', 0, count(*), sum(mrr_before), sum(mrr_after) from revenue_movements where customer_id like 'cus_crowd%' group by 1, 2, 3, 4, 5, 6 on conflict do nothing`,
    `insert into revenue_subscriptions (subscription_id, customer_id, status, plan, currency, trial_started_at, converted_at, renews_at, renews_amount)
      select 'sub_crowd' || n, 'cus_crowd' || n, 'active', 'pro', case when n % 3 = 0 then 'eur' else 'usd' end,
        case when n % 4 = 0 then ${CAME} end, case when n % 8 = 0 then ${CAME} + interval '14 days' end, now() + n % 30 * interval '1 day', 1900 from ${all} order by n desc`,
    `insert into revenue_invoices (invoice_id, customer_id, subscription_id, currency, amount, failed_at, paid_at)
      select 'in_crowd' || n || 'x' || k, 'cus_crowd' || n, 'sub_crowd' || n, case when n % 3 = 0 then 'eur' else 'usd' end, 1900,
        case when n % 20 = 0 then now() - k * interval '30 days' end, case when n % 40 <> 0 then now() - k * interval '30 days' + interval '1 day' end
      from ${all}, generate_series(0, 2) k order by n desc`,
    `insert into usage_credits (workspace_id, source, quantity, remaining, payment_intent_id)
      select ${ID}::uuid, 'crowd' || n, 10, 5, 'pi_crowd' || n from ${all} where n % 10 = 0`,
  ]
}

// Each row of a chain has the hash of the one before it in its own.
function auditRow(customers: number, k: number): string {
  return `insert into audit_log (scope, n, at, actor, action, after, event_ids, prev, hash)
    select r.*, coalesce(p.hash, ''), audit_hash(coalesce(p.hash, ''), r.scope, r.k, r.at, r.actor, r.action, null, r.after, r.event_ids)
    from (select 'cus_crowd' || n as scope, ${k}::bigint as k, ${WRITTEN} + ${k} * interval '1 second' as at,
        case when n % 500 = 0 then '{"type":"operator","id":"x"}'::jsonb else '{"type":"system","job":"crowd"}'::jsonb end as actor,
        case when n % 1000 = 0 and ${k} = 3 then 'drift.detect' else (array['customer.create','subscription.start','invoice.paid'])[${k}] end as action,
        jsonb_build_object('subscription', 'sub_crowd' || n) as after, array['evt_crowd' || n || 'x' || ${k}] as event_ids
      from generate_series(1, ${customers}) n order by n desc) r
    left join audit_log p on p.scope = r.scope and p.n = ${k} - 1`
}
