import { sql } from 'drizzle-orm'
import { expect } from 'vitest'
import { db } from '@/db/client'
import { listFailureTotals, listMovementTotals, listTrialTotals } from '@/db/queries/revenue'
import { listFigure } from '@/db/queries/revenue-lists'
import { GREAT, SMALL } from '@/lib/catalog/tiers.fixture'
import { type BridgeMonth, bridge, STEPS } from '@/lib/revenue/bridge'
import { figureOf } from '@/lib/revenue/figure'
import { movements } from './count'
import type { Lifecycles, Lived } from './live'

const ALL = { offset: 0, limit: 1_000 }

/** What the database says of lifecycles is what was counted by hand. Returns the outcomes that it met. */
export async function expectSame(lifecycles: Lifecycles): Promise<string[]> {
  const { lived } = lifecycles
  const rows = await db().execute<{ customer: string; line: string }>(sql`
    select customer_id as customer,
        month || ' ' || kind || ' ' || mrr_before || ' ' || mrr_after || ' ' || plan_before || '>' || plan_after as line
      from revenue_movements where month <= ${lastMonth(lived)}::date order by customer_id, month`)
  const linesOf = (id: string) =>
    rows.filter(({ customer }) => customer === id).map((row) => row.line)
  const counted = lived.map(({ customerId, ends }) => [customerId, movements(ends)] as const)
  expect(lived.map(({ customerId }) => [customerId, linesOf(customerId)])).toEqual(counted)
  expect(counted.flatMap(([, lines]) => lines).length).toBeGreaterThan(lived.length)
  await expectSums(lived)
  return expectOutcomes(lifecycles)
}

// The page adds up sums; by hand each customer is added up.
async function expectSums(lived: readonly Lived[]) {
  const totals = await listMovementTotals(lastMonth(lived))
  const months = lived[0]?.ends.map(({ month }) => month) ?? []
  for (const currency of new Set(lived.map((who) => who.currency))) {
    for (const plan of [null, SMALL, GREAT]) {
      const ours = bridge(totals, { currency, plan, months })
      expect(ours.map(({ closing }) => closing)).toEqual(
        months.map((month) => standingOf(lived, { currency, plan, month })),
      )
      for (const { opening, steps, closing } of ours) {
        const sum = Object.values(steps).reduce((all, { amount }) => all + amount, 0)
        expect(opening.amount + sum).toBe(closing.amount)
      }
      await expectLists(ours, { currency, plan })
    }
  }
}

async function expectLists(
  months: readonly BridgeMonth[],
  { currency, plan }: { currency: string; plan: string | null },
) {
  for (const { month, steps, closing } of months) {
    const sums = { ...steps, closing }
    for (const of of [...STEPS, 'closing'] as const) {
      if (plan === null && (of === 'in' || of === 'out')) continue
      const list = await listFigure({ ...figureOf(of, month, currency), plan }, ALL)
      expect(list.length, `${of} ${month} ${currency} ${plan}`).toBe(sums[of].customers)
      const whole = of === 'churn' || of === 'out' ? -1 : of === 'in' || of === 'closing' ? 0 : null
      const amount = list.reduce((sum, row) => {
        if (whole === -1) return sum - Number(row.before)
        return sum + Number(row.amount) - (whole === 0 ? 0 : Number(row.before))
      }, 0)
      expect(amount, `${of} ${month} ${currency} ${plan}`).toBe(sums[of].amount)
    }
  }
}

function standingOf(
  lived: readonly Lived[],
  { currency, plan, month }: { currency: string; plan: string | null; month: string },
) {
  const worths = lived
    .filter((who) => who.currency === currency)
    .flatMap(({ ends }) => ends.filter((end) => end.month === month).map(({ worth }) => worth))
    .filter(({ mrr, plan: own }) => mrr > 0 && (plan === null || own === plan))
  return { amount: worths.reduce((sum, { mrr }) => sum + mrr, 0), customers: worths.length }
}

// What the sandbox itself shows of failed payments and trials in the end.
async function expectOutcomes({ events, invoices, subscriptions }: Lifecycles): Promise<string[]> {
  if (events === null) return []
  const ended = new Map(subscriptions.map((each) => [each.id, each.ended_at]))
  const failed = new Map<string, string>()
  for (const { type, body, created } of events) {
    const id: string = JSON.parse(body).data.object.id
    if (type === 'invoice.payment_failed' && !failed.has(id)) failed.set(id, monthOf(created))
  }
  const failures = invoices.flatMap(({ id = '', status, currency, amount_due: due, parent }) => {
    const month = failed.get(id)
    const over = ended.get(String(parent?.subscription_details?.subscription))
    const lost = status === 'void' || status === 'uncollectible' || over
    return month
      ? [`${month} ${currency} ${status === 'paid' ? 'recovered' : lost ? 'lost' : 'owed'} ${due}`]
      : []
  })
  const rows = await listFailureTotals('2027-01-01')
  expect(
    rows
      .map((row) => `${row.month} ${row.currency} ${row.outcome} ${row.invoices} ${row.amount}`)
      .sort(),
  ).toEqual(sumsOf(failures))
  const trials = subscriptions.flatMap(
    ({ trial_start: from, trial_end: until, status, ended_at: end }) => {
      if (from === null || until === null) return []
      const outlived = status !== 'trialing' && (end === null || end > until)
      return [
        `${monthOf(from)} ${status === 'trialing' ? 'running' : outlived ? 'converted' : 'lapsed'}`,
      ]
    },
  )
  const found = await listTrialTotals('2027-01-01')
  expect(
    found
      .flatMap((row) => Array.from({ length: row.trials }, () => `${row.month} ${row.outcome}`))
      .sort(),
  ).toEqual(trials.sort())
  return [
    ...failures.map((line) => line.split(' ')[2]),
    ...trials.map((line) => line.split(' ')[1]),
  ].flatMap((word) => word ?? [])
}

function sumsOf(lines: readonly string[]): string[] {
  const sums = new Map<string, { count: number; amount: number }>()
  for (const line of lines) {
    const [month, currency, outcome, due] = line.split(' ')
    const key = `${month} ${currency} ${outcome}`
    const { count, amount } = sums.get(key) ?? { count: 0, amount: 0 }
    sums.set(key, { count: count + 1, amount: amount + Number(due) })
  }
  return [...sums].map(([key, { count, amount }]) => `${key} ${count} ${amount}`).sort()
}

function monthOf(instant: number): string {
  return `${new Date(instant * 1000).toISOString().slice(0, 7)}-01`
}

function lastMonth(lived: readonly Lived[]): string {
  return lived[0]?.ends.at(-1)?.month ?? ''
}
