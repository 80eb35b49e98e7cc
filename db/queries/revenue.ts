import { sql } from 'drizzle-orm'
import { rowsOf } from '@/db/rows-of'
import type { MovementKind } from '@/db/schema/revenue'

/** What customers of one kind, plan and cohort moved in a month, together. Amounts in minor units a month. */
export type MovementTotal = {
  /** Their first days: `2027-01-01`. */
  month: string
  cohort: string
  currency: string
  kind: MovementKind
  /** Empty: none. */
  planBefore: string
  planAfter: string
  cause: string
  customers: number
  before: number
  after: number
}

/** All that moved until a month, which is included. Its size goes with months and plans, not with customers. */
export async function listMovementTotals(until: string): Promise<MovementTotal[]> {
  const rows = await rowsOf<MovementTotal>(sql`
    select month::text, cohort::text, currency, kind, plan_before as "planBefore", plan_after as "planAfter", cause,
      sum(customers)::int as customers, sum(mrr_before)::float8 as before, sum(mrr_after)::float8 as after
    from revenue_totals where month <= ${until}::date
    group by month, cohort, currency, kind, plan_before, plan_after, cause having sum(customers) > 0
    order by month, cohort`)
  return [...rows]
}

/** What became of the payments that failed first in a month. */
export type FailureTotal = {
  month: string
  currency: string
  outcome: 'recovered' | 'lost' | 'owed'
  invoices: number
  amount: number
}

/** By month and currency; `from` is the first day of the first month. */
export async function listFailureTotals(from: string): Promise<FailureTotal[]> {
  // The outcome is that of `failureOutcome`. A subscription is looked up only where it decides, and once for all of
  // its invoices.
  const rows = await rowsOf<FailureTotal>(sql`
    with failed as materialized (
      select date_trunc('month', failed_at at time zone 'UTC') as month, currency, amount, subscription_id,
        case when paid_at is not null then 'recovered' when lost_at is not null then 'lost' end as decided
      from revenue_invoices where failed_at >= ${from}::timestamp at time zone 'UTC'),
    ended as materialized (
      select d.subscription_id from (select distinct subscription_id from failed where decided is null) d
      cross join lateral (select from revenue_subscriptions
        where subscription_id = d.subscription_id and ended_at is not null limit 1) s)
    select to_char(f.month, 'YYYY-MM-DD') as month, f.currency,
      coalesce(f.decided, case when e.subscription_id is not null then 'lost' else 'owed' end) as outcome,
      count(*)::int as invoices, sum(f.amount)::float8 as amount
    from failed f left join ended e on f.decided is null and e.subscription_id = f.subscription_id
    group by f.month, f.currency, 3`)
  return [...rows]
}

/** Of an invoice `i` and its subscription `s`. What was paid late is not lost, even where it was given up before. */
export const failureOutcome = sql`case when i.paid_at is not null then 'recovered'
  when i.lost_at is not null or s.ended_at is not null then 'lost' else 'owed' end`

export type TrialTotal = {
  month: string
  outcome: 'converted' | 'lapsed' | 'running'
  trials: number
}

/** By the month in which they began; `from` is the first day of the first month. */
export async function listTrialTotals(from: string): Promise<TrialTotal[]> {
  const rows = await rowsOf<TrialTotal>(sql`
    select to_char(month, 'YYYY-MM-DD') as month, outcome, count(*)::int as trials
    from (select date_trunc('month', s.trial_started_at at time zone 'UTC') as month, ${trialOutcome} as outcome
      from revenue_subscriptions s where s.trial_started_at >= ${from}::timestamp at time zone 'UTC') begun
    group by begun.month, outcome`)
  return [...rows]
}

/** Of a subscription `s` that had a trial. */
export const trialOutcome = sql`case when s.converted_at is not null then 'converted'
  when s.status = 'trialing' then 'running' else 'lapsed' end`

export type RenewalTotal = { day: string; currency: string; renewals: number; amount: number }

/** What is to be charged between two instants, by the day. */
export async function listRenewalTotals(from: Date, until: Date): Promise<RenewalTotal[]> {
  // Day by day: half of all renew within two weeks, and then Postgres would rather read all of them.
  const rows = await rowsOf<RenewalTotal>(sql`
    select to_char(d at time zone 'UTC', 'YYYY-MM-DD') as day, s.currency, s.renewals, s.amount
    from generate_series(${from.toISOString()}::timestamptz, ${until.toISOString()}::timestamptz - interval '24 hours', interval '24 hours') d
    cross join lateral (
      select currency, count(*)::int as renewals, sum(renews_amount)::float8 as amount from revenue_subscriptions
      where renews_at >= d and renews_at < d + interval '24 hours' group by currency) s
    order by 1, 2`)
  return [...rows]
}
