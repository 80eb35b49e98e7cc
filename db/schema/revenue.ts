import { sql } from 'drizzle-orm'
import {
  bigint,
  check,
  date,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  smallint,
  text,
  timestamp,
  uniqueIndex,
} from 'drizzle-orm/pg-core'
import type { CustomerId, EventId, SubscriptionId } from '@/lib/ids'
import type { SubscriptionStatus } from '@/lib/status'

const instant = () => timestamp({ withTimezone: true, mode: 'date' })
const minorUnits = () => bigint({ mode: 'number' })

/**
 * What a change of a customer's monthly recurring revenue from one month's end to the next is
 * called. `move`: to another plan of the same price.
 */
export const MOVEMENTS = [
  'new',
  'expansion',
  'contraction',
  'churn',
  'reactivation',
  'move',
] as const
export type MovementKind = (typeof MOVEMENTS)[number]

/**
 * What a subscription was worth from an instant on: a row for each state that Stripe reported, under the event's own
 * id and at Stripe's own time of it. The rows are a set: in whichever order and however often they arrive, they
 * are the same, and so is every figure made of them. Append-only.
 */
export const revenueMoments = pgTable(
  'revenue_moments',
  {
    // The event's id; or the subscription's with the fence of the read that showed what no event had reported.
    key: text().primaryKey(),
    subscriptionId: text().$type<SubscriptionId>().notNull(),
    customerId: text().$type<CustomerId>().notNull(),
    at: instant().notNull(),
    // An event outranks a read of the same instant: a read can say no more than how it all ended.
    source: text().$type<'event' | 'read'>().notNull(),
    // All that counts of the subscription then, as text; and before, where the event says so. Several events bear
    // one second: what another one of them began from is not how that second ended.
    state: text().notNull(),
    before: text(),
    status: text().$type<SubscriptionStatus | 'unknown'>().notNull(),
    // Its tier, or its price's id where the catalog does not know the price. Null: it had no item.
    plan: text(),
    currency: text(),
    // Minor units a month, as lib/revenue/monthly-value.ts defines it.
    mrr: minorUnits().notNull(),
    // From when on it is worth something else although nothing happens: a discount ends.
    later: jsonb().$type<{ at: string; mrr: number }[]>().notNull(),
    // When it renews next, and for how much. Null: it will not.
    renewsAt: instant(),
    renewsAmount: minorUnits(),
    // Why it ended, in Stripe's word.
    endedBy: text(),
  },
  (table) => [
    index('revenue_moments_by_customer').on(table.customerId, table.subscriptionId, table.at),
    index('revenue_moments_by_subscription').on(table.subscriptionId, table.at),
  ],
)

/**
 * By how much a customer's monthly recurring revenue in a currency differs between the end of a month (UTC) and the end
 * of the one before: a row for each month that made a difference. Derived from the moments in the same commit.
 */
export const revenueMovements = pgTable(
  'revenue_movements',
  {
    customerId: text().$type<CustomerId>().notNull(),
    currency: text().notNull(),
    // Its first day. It may be to come: a discount that will end.
    month: date().notNull(),
    // The next month that made a difference; null: it stands so.
    until: date(),
    kind: text().$type<MovementKind>().notNull(),
    mrrBefore: minorUnits().notNull(),
    mrrAfter: minorUnits().notNull(),
    // Empty: none.
    planBefore: text().notNull(),
    planAfter: text().notNull(),
    // The first month at whose end it was worth something.
    cohort: date().notNull(),
    // Of churn: Stripe's word for why.
    cause: text(),
  },
  (table) => [
    primaryKey({ columns: [table.customerId, table.currency, table.month] }),
    // Who stands at the end of a month, a page at a time.
    index('revenue_movements_by_customer').on(table.currency, table.customerId, table.month),
    // The customers behind a number.
    index('revenue_movements_by_number').on(
      table.month,
      table.currency,
      table.kind,
      table.customerId,
    ),
    index('revenue_movements_by_cohort').on(table.cohort, table.currency, table.customerId),
    check(
      'revenue_movements_kind',
      sql`${table.kind} in ('new', 'expansion', 'contraction', 'churn', 'reactivation', 'move')`,
    ),
  ],
)

/**
 * The sums of the movements, so that a page adds up some hundred rows and not each customer's. Kept in the same
 * commit; four shards, so that customers who come at once do not wait for one row.
 */
export const revenueTotals = pgTable(
  'revenue_totals',
  {
    month: date().notNull(),
    currency: text().notNull(),
    kind: text().$type<MovementKind>().notNull(),
    planBefore: text().notNull(),
    planAfter: text().notNull(),
    cohort: date().notNull(),
    cause: text().notNull(),
    shard: smallint().notNull(),
    customers: integer().notNull(),
    mrrBefore: minorUnits().notNull(),
    mrrAfter: minorUnits().notNull(),
  },
  (table) => [
    primaryKey({
      columns: [
        table.month,
        table.currency,
        table.kind,
        table.planBefore,
        table.planAfter,
        table.cohort,
        table.cause,
        table.shard,
      ],
    }),
  ],
)

/** Of each subscription what its moments come to: its trial, and its next renewal. Derived in the same commit. */
export const revenueSubscriptions = pgTable(
  'revenue_subscriptions',
  {
    subscriptionId: text().$type<SubscriptionId>().primaryKey(),
    customerId: text().$type<CustomerId>().notNull(),
    status: text().$type<SubscriptionStatus | 'unknown'>().notNull(),
    plan: text().notNull(),
    currency: text().notNull(),
    trialStartedAt: instant(),
    // When it was first charged for after its trial.
    convertedAt: instant(),
    endedAt: instant(),
    renewsAt: instant(),
    renewsAmount: minorUnits(),
  },
  (table) => [
    index('revenue_subscriptions_by_customer').on(table.customerId),
    index('revenue_subscriptions_by_trial')
      .on(table.trialStartedAt, table.convertedAt, table.status, table.subscriptionId)
      .where(sql`${table.trialStartedAt} is not null`),
    index('revenue_subscriptions_by_renewal')
      .on(table.renewsAt, table.currency, table.renewsAmount, table.subscriptionId)
      .where(sql`${table.renewsAt} is not null`),
  ],
)

/** What became of each invoice for a subscription, each instant Stripe's own. Events in any order make the same row. */
export const revenueInvoices = pgTable(
  'revenue_invoices',
  {
    invoiceId: text().primaryKey(),
    customerId: text().$type<CustomerId>().notNull(),
    subscriptionId: text().$type<SubscriptionId>().notNull(),
    currency: text().notNull(),
    // Minor units that were asked for.
    amount: minorUnits().notNull(),
    // The first failed attempt. Null: none failed.
    failedAt: instant(),
    paidAt: instant(),
    // Voided or written off.
    lostAt: instant(),
  },
  (table) => [
    index('revenue_invoices_failed')
      // All that the sums of a year need, without a look at the rows.
      .on(
        table.failedAt,
        table.currency,
        table.paidAt,
        table.lostAt,
        table.amount,
        table.invoiceId,
        table.subscriptionId,
      )
      .where(sql`${table.failedAt} is not null`),
  ],
)

/**
 * What was not counted when it was reported. Postgres would not, such as while another transaction held a sum for too
 * long: the drain notes it again. Or it could not be read: then its event is replayed by a version that can, or
 * an operator closes it. Then its row goes.
 */
export const revenueLeftOut = pgTable(
  'revenue_left_out',
  {
    id: bigint({ mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
    customerId: text().$type<CustomerId>().notNull(),
    // As note_revenue takes it. Null: what `source` says could not be read.
    news: jsonb(),
    // The event, or the subscription where none reported it, that could not be read. Null: it was read.
    source: text().$type<EventId | SubscriptionId>(),
    error: text().notNull(),
    leftAt: instant().notNull().default(sql`clock_timestamp()`),
    attempts: integer().notNull().default(0),
    nextRunAt: instant().notNull().default(sql`clock_timestamp()`),
  },
  (table) => [
    index('revenue_left_out_due').on(table.nextRunAt),
    // Once each, however often it is replayed.
    uniqueIndex('revenue_left_out_source').on(table.source),
    check('revenue_left_out_one', sql`(${table.news} is null) <> (${table.source} is null)`),
  ],
)
