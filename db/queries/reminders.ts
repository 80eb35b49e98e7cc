import { sql } from 'drizzle-orm'
import { rowsOf } from '@/db/rows-of'

/** Between two instants: after `from`, and up to `to`. */
type Span = { from: Date; to: Date }

// For one statement: more are taken by the next.
const BATCH = 500

/**
 * Puts an email about each trial that ends within a span into the outbox, once for each end, up to a batch; answers
 * how many are new. `minDays`: a trial that is not longer has none.
 */
export function insertTrialReminders({ from, to }: Span, minDays: number): Promise<number> {
  return insertReminders(sql`
    select 'trial.week_left' as kind, id, customer_id, trial_end as at from subscriptions
    where status = 'trialing' and trial_end > ${from.toISOString()}::timestamptz
      and trial_end <= ${to.toISOString()}::timestamptz
      and trial_end - stripe_created_at > make_interval(days => ${minDays})
    order by trial_end`)
}

/**
 * The same about each plan that is billed for a year or longer and renews within a span, once for each renewal.
 * `intervals`: a regular expression of those.
 */
export function insertYearlyReminders({ from, to }: Span, intervals: string): Promise<number> {
  return insertReminders(sql`
    select 'renewal.yearly' as kind, id, customer_id, current_period_end as at from subscriptions
    where interval <> 'month' and interval ~ ${intervals} and status = 'active' and cancel_at is null
      and current_period_end > ${from.toISOString()}::timestamptz
      and current_period_end <= ${to.toISOString()}::timestamptz
    order by current_period_end`)
}

// The day is part of the key: another end is announced again. What is in the outbox already takes no place in a batch.
async function insertReminders(due: ReturnType<typeof sql>): Promise<number> {
  const rows = await rowsOf<{ key: string }>(sql`
    insert into outbox (key, kind, target_key, payload)
    select k.key, 'notification', d.customer_id,
      jsonb_build_object('kind', d.kind, 'objectId', d.id, 'customerId', d.customer_id)
    from (${due}) d
    cross join lateral (select format('notification:%s:%s:%s', d.kind, d.id,
      to_char(d.at at time zone 'UTC', 'YYYYMMDD')) as key) k
    where not exists (select from outbox o where o.key = k.key)
    order by d.at limit ${BATCH}
    on conflict (key) do nothing
    returning key`)
  return rows.length
}
