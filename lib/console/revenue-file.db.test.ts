import { sql } from 'drizzle-orm'
import { afterAll, expect, test } from 'vitest'
import { db, disconnect } from '@/db/client'
import type { Figure } from '@/lib/revenue/figure'
import { figureCsv } from './revenue-file'

afterAll(disconnect)

const NEW: Figure = {
  ...{ of: 'new', date: '2026-03-01', currency: 'usd', plan: null, cohort: null, cause: null },
}

/** So many customers, numbered from this one on, who are new in that month. */
function newCustomers(from: number, to: number) {
  return db().execute(sql`
    insert into revenue_movements (customer_id, currency, month, kind, mrr_before, mrr_after, plan_before, plan_after, cohort)
    select 'cus_' || n, 'usd', '2026-03-01', 'new', 0, 1900, '', 'pro', '2026-03-01'
    from generate_series(${from}::int, ${to}::int) n`)
}

async function linesOf(figure: Figure): Promise<string[]> {
  return (await figureCsv(figure)).trimEnd().split('\r\n')
}

test('a list of ten thousand is whole, and a file of a longer one says how many are not in it', async () => {
  await newCustomers(1, 10_000)
  const whole = await linesOf(NEW)
  expect(whole).toHaveLength(10_001)
  expect(whole.at(-1)).toMatch(/^cus_/)
  await newCustomers(10_001, 10_003)
  const cut = await linesOf(NEW)
  expect(cut).toHaveLength(10_002)
  expect(cut.at(-1)).toBe('… and 3 more are not in this file,,,,,,,,,')
})
