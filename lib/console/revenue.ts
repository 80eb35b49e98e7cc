import {
  listFailureTotals,
  listMovementTotals,
  listRenewalTotals,
  listTrialTotals,
} from '@/db/queries/revenue'
import { type FigureRow, listFigure } from '@/db/queries/revenue-lists'
import { bridge } from '@/lib/revenue/bridge'
import { cohorts } from '@/lib/revenue/cohorts'
import type { Figure } from '@/lib/revenue/figure'
import { lastMonths } from '@/lib/revenue/months'
import { businessClock } from '@/lib/stripe/business-clock'

export type { FigureRow }

export type RevenueChoice = { currency: string | null; plan: string | null }

// A year, so that the same month of the last one stands beside this one.
const MONTHS = 13
const DAY_MS = 86_400_000
const RENEWAL_DAYS = 14

/** All that the page of revenue shows: a year of one currency, and of one plan where that is chosen. */
export async function readRevenue(choice: RevenueChoice) {
  const now = await businessClock().now()
  const year = lastMonths(now, MONTHS)
  const [from = '', until = ''] = [year[0], year.at(-1)]
  const today = new Date(Math.floor(now.getTime() / DAY_MS) * DAY_MS)
  const [totals, failures, trials, renewals] = await Promise.all([
    listMovementTotals(until),
    listFailureTotals(from),
    listTrialTotals(from),
    listRenewalTotals(today, new Date(today.getTime() + RENEWAL_DAYS * DAY_MS)),
  ])
  const began = [...totals, ...failures, ...trials].map(({ month }) => month).sort()[0] ?? until
  // Nothing is shown of the months before anything was sold.
  const months = year.filter((month) => month >= began)
  const currencies = byWeight([...totals, ...failures, ...renewals].map(({ currency }) => currency))
  const currency = currencies.find((each) => each === choice.currency) ?? currencies[0] ?? null
  const own = totals.filter((each) => each.currency === currency)
  const plans = byWeight(own.flatMap((each) => [each.planBefore, each.planAfter])).filter(Boolean)
  const plan = plans.find((each) => each === choice.plan) ?? null
  const of = { currency: currency ?? '', months }
  return {
    now,
    months,
    currencies,
    currency,
    plans,
    plan,
    bridge: bridge(own, { ...of, plan }),
    all: bridge(own, { ...of, plan: null }),
    byPlan: plans.map((each) => ({ plan: each, months: bridge(own, { ...of, plan: each }) })),
    causes: causesOf(own, months),
    cohorts: currency ? cohorts(own, currency, months) : [],
    failures: failures.filter((each) => each.currency === currency),
    trials,
    renewals: renewals.filter((each) => each.currency === currency),
  }
}

export type Revenue = Awaited<ReturnType<typeof readRevenue>>

const PER_PAGE = 50

/** Who is behind a number, a page of them; `next`: where the one after it begins, null where there is none. */
export async function readFigure(figure: Figure, offset: number) {
  const rows = await listFigure(figure, { offset, limit: PER_PAGE + 1 })
  return { rows: rows.slice(0, PER_PAGE), next: rows.length > PER_PAGE ? offset + PER_PAGE : null }
}

// The most frequent first, as the one that is shown unless another is asked for.
function byWeight(words: readonly string[]): string[] {
  const counts = new Map<string, number>()
  for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1)
  return [...counts]
    .sort(([a, many], [b, more]) => more - many || (a < b ? -1 : 1))
    .map(([word]) => word)
}

/** Why customers left, month by month. */
function causesOf(
  totals: Awaited<ReturnType<typeof listMovementTotals>>,
  months: readonly string[],
) {
  return months.map((month) => {
    const left = totals.filter((each) => each.month === month && each.kind === 'churn')
    const failed = left.filter(({ cause }) => cause === 'payment_failed')
    const sum = (of: typeof left) => ({
      amount: of.reduce((all, { before }) => all + before, 0),
      customers: of.reduce((all, { customers }) => all + customers, 0),
    })
    return { month, all: sum(left), failed: sum(failed) }
  })
}
