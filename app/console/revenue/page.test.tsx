import { renderToStaticMarkup } from 'react-dom/server'
import { expect, test, vi } from 'vitest'
import { SMALL } from '@/lib/catalog/tiers.fixture'
import { isRevenueTable } from '@/lib/console/revenue-file'
import { bridge } from '@/lib/revenue/bridge'
import { cohorts } from '@/lib/revenue/cohorts'
import { lastMonths } from '@/lib/revenue/months'

const NOW = new Date('2026-11-20T00:00:00Z')
const MONTHS = lastMonths(NOW, 3)
const [FIRST = '', SECOND = '', LAST = ''] = MONTHS

// What came in the first month, of which some grew, some left after failed payments and some came back.
const TOTALS = [
  total({ month: FIRST, kind: 'new', customers: 9, after: 90_000 }),
  total({ month: SECOND, kind: 'expansion', customers: 2, before: 20_000, after: 50_000 }),
  total({ month: SECOND, kind: 'churn', customers: 3, before: 9_000, cause: 'payment_failed' }),
  total({ month: LAST, kind: 'reactivation', customers: 1, after: 3_000 }),
]

vi.mock('@/app/console/console-page', () => ({
  consoleMetadata: () => () => ({}),
  consolePage: (_: string, render: unknown) => render,
}))
vi.mock('@/lib/console/revenue', () => ({ readRevenue: async () => REVENUE }))

const html = async () => {
  const { default: page } = await import('./page')
  // Safe: without its frame the page is what renders it.
  const render = page as unknown as (visit: { query: object }) => Promise<React.ReactNode>
  return renderToStaticMarkup(await render({ query: {} }))
}

test('each number of the page leads to its list', async () => {
  const cells = [...(await html()).matchAll(/<td[^>]*>(.*?)<\/td>/g)].map(([, cell = '']) => cell)
  const numbers = cells.filter((cell) => /\d/.test(cell.replace(/<[^>]+>/g, '')))
  expect(numbers.length).toBeGreaterThan(30)
  const links = /<a href="\/console\/revenue(\/customers\?of=|\?currency=\w+&amp;plan=\w+#bridge)/
  expect(numbers.filter((cell) => !links.test(cell))).toEqual([])
})

test('a currency is chosen by its code in capitals, and the address has it as Stripe does', async () => {
  const options = [...(await html()).matchAll(/<option value="(usd)"[^>]*>([^<]*)</g)]
  expect(options.map(([, value, name]) => [value, name])).toEqual([['usd', 'USD']])
})

test('each column of numbers leads to a sentence on how it is computed', async () => {
  const page = await html()
  const heads = [...page.matchAll(/<th scope="col"[^>]*>(.*?)<\/th>/g)].map(([, head = '']) => head)
  const named = heads.filter((head) => !['Month', 'Plan', 'Day', 'Came in'].includes(head))
  expect(named.length).toBeGreaterThan(20)
  const without = named.filter((head) => {
    const [, id] = /href="#(how-\w+)"/.exec(head) ?? []
    return !id || !new RegExp(`id="${id}"[^>]*><dt[^>]*>.+?</dt><dd[^>]*>.{20}`).test(page)
  })
  expect(without).toEqual([])
})

test('each table of the page is a file, too', async () => {
  const page = await html()
  const files = [...page.matchAll(/\/console\/revenue\/export\?table=(\w+)/g)].map(
    ([, name]) => name,
  )
  expect(new Set(files).size).toBe(page.split('<table').length - 1)
  expect(files.filter((name) => !isRevenueTable(name))).toEqual([])
})

type Total = Parameters<typeof bridge>[0][number]

function total(of: Partial<Total> & Pick<Total, 'month' | 'kind' | 'customers'>): Total {
  return {
    ...{ currency: 'usd', cohort: FIRST, cause: '', before: 0, after: 0 },
    ...{ planBefore: SMALL, planAfter: SMALL, ...of },
  } as Total
}

const of = { currency: 'usd', months: MONTHS }
const REVENUE = {
  ...{ now: NOW, months: MONTHS, currencies: ['usd'], currency: 'usd', plans: [SMALL], plan: null },
  bridge: bridge(TOTALS, { ...of, plan: null }),
  all: bridge(TOTALS, { ...of, plan: null }),
  byPlan: [{ plan: SMALL, months: bridge(TOTALS, { ...of, plan: SMALL }) }],
  causes: MONTHS.map((month) => ({
    month,
    all: { amount: 9_000, customers: 3 },
    failed: { amount: 3_000, customers: 1 },
  })),
  cohorts: cohorts(TOTALS, 'usd', MONTHS),
  failures: (['recovered', 'lost', 'owed'] as const).map((outcome) => ({
    ...{ month: LAST, currency: 'usd', outcome, invoices: 2, amount: 3_800 },
  })),
  trials: (['converted', 'lapsed', 'running'] as const).map((outcome) => ({
    ...{ month: LAST, outcome, trials: 2 },
  })),
  renewals: [{ day: '2026-11-21', currency: 'usd', renewals: 2, amount: 3_800 }],
}
