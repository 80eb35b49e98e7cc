import { countFigure, listFigure } from '@/db/queries/revenue-lists'
import { STEPS } from '@/lib/revenue/bridge'
import { csv } from '@/lib/revenue/csv'
import type { Figure } from '@/lib/revenue/figure'
import { type Revenue, type RevenueChoice, readRevenue } from './revenue'

// A spreadsheet's worth; an operator who wants more asks by plan or by month.
export const MOST_ROWS = 10_000

// Every line of a CSV has as many fields as the first.
const EMPTY = Array.from({ length: 9 }, () => null)

/** The tables of the page, by the name that a file has. */
const TABLES = {
  bridge: (revenue) =>
    csv(
      ['month', 'currency', 'plan', 'opening', ...STEPS, 'closing', 'customers'],
      revenue.bridge.map(({ month, opening, steps, closing }) => [
        ...[month, revenue.currency, revenue.plan, opening.amount],
        ...STEPS.map((step) => steps[step].amount),
        ...[closing.amount, closing.customers],
      ]),
    ),
  plans: (revenue) =>
    csv(
      ['month', 'currency', 'plan', 'mrr', 'customers'],
      revenue.byPlan.flatMap(({ plan, months }) =>
        months.map(({ month, closing }) => [
          ...[month, revenue.currency, plan, closing.amount, closing.customers],
        ]),
      ),
    ),
  churn: ({ causes, all, currency }) =>
    csv(
      [
        ...['month', 'currency', 'customers', 'mrr', 'failed_customers', 'failed_mrr'],
        ...['customers_before', 'mrr_before'],
      ],
      causes.map(({ month, all: left, failed }) => {
        const opening = all.find((each) => each.month === month)?.opening
        return [
          ...[month, currency, left.customers, left.amount, failed.customers, failed.amount],
          ...[opening?.customers ?? 0, opening?.amount ?? 0],
        ]
      }),
    ),
  failures: ({ failures }) =>
    csv(
      ['month', 'currency', 'outcome', 'invoices', 'amount'],
      failures.map((each) => [
        ...[each.month, each.currency, each.outcome, each.invoices, each.amount],
      ]),
    ),
  trials: ({ trials }) =>
    csv(
      ['month', 'outcome', 'trials'],
      trials.map(({ month, outcome, trials: count }) => [month, outcome, count]),
    ),
  cohorts: ({ cohorts, currency }) =>
    csv(
      ['cohort', 'month', 'currency', 'customers', 'mrr'],
      cohorts.flatMap((cohort) =>
        cohort.months.map(({ month, closing }) => [
          ...[cohort.month, month, currency, closing.customers, closing.amount],
        ]),
      ),
    ),
  renewals: ({ renewals }) =>
    csv(
      ['day', 'currency', 'renewals', 'amount'],
      renewals.map((each) => [each.day, each.currency, each.renewals, each.amount]),
    ),
} as const satisfies Record<string, (revenue: Revenue) => string>

export type RevenueTable = keyof typeof TABLES

/** Whether an address names a table that there is. */
export function isRevenueTable(word: unknown): word is RevenueTable {
  return typeof word === 'string' && Object.hasOwn(TABLES, word)
}

/** A table of the page as CSV. Amounts are integers in minor units of their currency. */
export async function revenueFile(table: RevenueTable, choice: RevenueChoice): Promise<string> {
  return TABLES[table](await readRevenue(choice))
}

/** Who is behind a number as CSV, ten thousand at most: a last line says how many are left out. */
export async function figureCsv(figure: Figure): Promise<string> {
  const found = await listFigure(figure, { offset: 0, limit: MOST_ROWS + 1 })
  const rows = found.slice(0, MOST_ROWS)
  const left = found.length > rows.length ? (await countFigure(figure)) - rows.length : 0
  return csv(
    [
      'customer',
      'email',
      'object',
      'currency',
      'before',
      'amount',
      'plan_before',
      'plan',
      'outcome',
      'at',
    ],
    [
      ...rows.map((row) => [
        ...[row.customerId, row.email, row.objectId, row.currency, row.before, row.amount],
        ...[row.planBefore, row.plan, row.outcome, row.at],
      ]),
      // An operator who adds the file up must see that it is not all.
      ...(left > 0 ? [[`… and ${left} more are not in this file`, ...EMPTY]] : []),
    ],
  )
}
