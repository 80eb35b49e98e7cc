import { type SQL, sql } from 'drizzle-orm'
import { rowsOf } from '@/db/rows-of'
import type { CustomerId, WorkspaceId } from '@/lib/ids'
import { failureOutcome, trialOutcome } from './revenue'

/** A number that customers, invoices or subscriptions are behind: lib/revenue/explain.ts says how each is computed. */
export type FigureName =
  | ('closing' | 'new' | 'expansion' | 'contraction' | 'churn' | 'reactivation')
  // Of one plan: from another one, and to another one.
  | ('in' | 'out')
  | ('failed' | 'recovered' | 'lost' | 'owed')
  | ('trials' | 'converted' | 'lapsed' | 'running')
  | 'renewals'

/** Which number is meant. */
export type Figure = {
  of: FigureName
  /** The first day of a month; of renewals, the day. `2027-01-01` */
  date: string
  /** Null: whichever, for numbers that count and add no money. */
  currency: string | null
  plan: string | null
  /** Of `closing`: those alone who came in this month. */
  cohort: string | null
  /** Of `churn`: those alone who left for this reason, in Stripe's word; empty: Stripe gave none. */
  cause: string | null
}

/** One of those behind a number. */
export type FigureRow = {
  customerId: CustomerId
  workspaceId: WorkspaceId | null
  email: string | null
  /** The invoice or the subscription that is counted; null where it is the customer. */
  objectId: string | null
  currency: string
  /** Minor units a month; null where there was nothing before to compare with. */
  before: number | null
  /** Minor units: a month, or of the one invoice or renewal; null where no money is counted. */
  amount: number | null
  planBefore: string
  plan: string
  /** What became of it, or why it left. */
  outcome: string
  at: string | null
}

/** Who is behind a number: `limit` of them from the `offset`th on, in one order. */
export async function listFigure(
  figure: Figure,
  { offset, limit }: { offset: number; limit: number },
): Promise<FigureRow[]> {
  // Whose they are is looked up for these alone.
  const rows = await rowsOf<FigureRow>(sql`
    select n.*, c.workspace_id as "workspaceId", o.email
    from (select r.*, row_number() over () as place from (${behind(figure)} offset ${offset} limit ${limit}) r) n
    left join lateral (select workspace_id from customers where id = n."customerId" limit 1) c on true
    left join lateral (
      select u.email from memberships m join users u on u.id = m.user_id
      where m.workspace_id = c.workspace_id and m.role = 'owner' order by m.created_at, m.user_id limit 1) o on true
    order by n.place`)
  return [...rows]
}

/** How many are behind a number. */
export async function countFigure(figure: Figure): Promise<number> {
  const [row] = await rowsOf<{ n: number }>(
    sql`select count(*)::int as n from (${behind(figure)}) r`,
  )
  return row?.n ?? 0
}

function behind(figure: Figure): SQL {
  switch (figure.of) {
    case 'closing':
      return closing(figure)
    case 'new':
    case 'expansion':
    case 'contraction':
    case 'churn':
    case 'reactivation':
    case 'in':
    case 'out':
      return moved(figure)
    case 'failed':
    case 'recovered':
    case 'lost':
    case 'owed':
      return failed(figure)
    case 'trials':
    case 'converted':
    case 'lapsed':
    case 'running':
      return tried(figure)
    case 'renewals':
      return renewing(figure)
  }
}

const MOVED = sql`m.customer_id as "customerId", null::text as "objectId", m.currency, m.mrr_before::float8 as before, m.mrr_after::float8 as amount,
  m.plan_before as "planBefore", m.plan_after as plan, coalesce(m.cause, '') as outcome, m.month::text as at`

function closing({ date, currency, plan, cohort }: Figure): SQL {
  const came = cohort ? sql`and m.cohort = ${cohort}::date` : sql``
  const on = plan ? sql`and m.plan_after = ${plan}` : sql``
  return sql`select ${MOVED} from revenue_movements m
    where m.currency = ${currency} and m.month <= ${date}::date and (m.until is null or m.until > ${date}::date)
      and m.mrr_after > 0 ${on} ${came}
    order by m.customer_id`
}

function moved({ of, date, currency, plan, cause }: Figure): SQL {
  const why = cause === null ? sql`` : sql`and coalesce(m.cause, '') = ${cause}`
  return sql`select ${MOVED} from revenue_movements m
    where m.month = ${date}::date and m.currency = ${currency} and ${ofKind(of, plan)} ${why} order by m.customer_id`
}

// As lib/revenue/bridge.ts counts them: a customer who changed plans left one and came to the other.
function ofKind(of: Figure['of'], plan: string | null): SQL {
  const changed = sql`m.kind in ('expansion', 'contraction', 'move')`
  if (of === 'in') return sql`${changed} and m.plan_after = ${plan} and m.plan_before <> ${plan}`
  if (of === 'out') return sql`${changed} and m.plan_before = ${plan} and m.plan_after <> ${plan}`
  if (plan === null) return sql`m.kind = ${of}`
  if (of === 'churn') return sql`m.kind = ${of} and m.plan_before = ${plan}`
  if (of === 'new' || of === 'reactivation') return sql`m.kind = ${of} and m.plan_after = ${plan}`
  return sql`m.kind = ${of} and m.plan_before = ${plan} and m.plan_after = ${plan}`
}

function failed({ of, date, currency }: Figure): SQL {
  const outcome = of === 'failed' ? sql`` : sql`and ${failureOutcome} = ${of}`
  return sql`select i.customer_id as "customerId", i.invoice_id as "objectId", i.currency, null::float8 as before, i.amount::float8 as amount,
      '' as "planBefore", coalesce(s.plan, '') as plan, ${failureOutcome} as outcome, i.failed_at::text as at
    from revenue_invoices i left join lateral (
      select ended_at, plan from revenue_subscriptions where subscription_id = i.subscription_id limit 1) s on true
    where ${within(sql`i.failed_at`, date, '1 month')} ${inCurrency(sql`i.currency`, currency)} ${outcome}
    order by i.failed_at, i.invoice_id`
}

function tried({ of, date, currency }: Figure): SQL {
  const outcome = of === 'trials' ? sql`` : sql`and ${trialOutcome} = ${of}`
  return sql`select s.customer_id as "customerId", s.subscription_id as "objectId", s.currency, null::float8 as before, null::float8 as amount,
      '' as "planBefore", s.plan, ${trialOutcome} as outcome, s.trial_started_at::text as at
    from revenue_subscriptions s
    where ${within(sql`s.trial_started_at`, date, '1 month')} ${inCurrency(sql`s.currency`, currency)} ${outcome}
    order by s.trial_started_at, s.subscription_id`
}

function renewing({ date, currency }: Figure): SQL {
  return sql`select s.customer_id as "customerId", s.subscription_id as "objectId", s.currency, null::float8 as before, s.renews_amount::float8 as amount,
      '' as "planBefore", s.plan, s.status as outcome, s.renews_at::text as at
    from revenue_subscriptions s
    where ${within(sql`s.renews_at`, date, '1 day')} ${inCurrency(sql`s.currency`, currency)}
    order by s.renews_at, s.currency, s.renews_amount, s.subscription_id`
}

function within(column: SQL, date: string, long: '1 day' | '1 month'): SQL {
  return sql`${column} >= ${date}::timestamp at time zone 'UTC'
    and ${column} < (${date}::timestamp + ${long}::interval) at time zone 'UTC'`
}

function inCurrency(column: SQL, currency: string | null): SQL {
  return currency ? sql`and ${column} = ${currency}` : sql``
}
