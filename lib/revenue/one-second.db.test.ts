import { randomUUID } from 'node:crypto'
import { sql } from 'drizzle-orm'
import { afterAll, expect, it } from 'vitest'
import { db, disconnect } from '@/db/client'

afterAll(disconnect)

type Reported = { key: string; at?: string; state: string; before: string | null; mrr: number }

const EARLIER: Reported = { key: 'm', at: '2027-01-05', state: 'small', before: null, mrr: 1900 }
const UP: Reported = { key: 'a', state: 'great', before: 'small', mrr: 4900 }
const DOWN: Reported = { key: 'z', state: 'small', before: 'great', mrr: 1900 }
const SOME: Reported = { key: 'c', state: 'great', before: 'great', mrr: 4900 }

it.each([
  ['up and down again', [EARLIER, UP, DOWN], 1900],
  ['down and up again', [{ ...EARLIER, state: 'great', mrr: 4900 }, DOWN, UP], 4900],
  ['up, down, and up', [EARLIER, UP, DOWN, { ...UP, key: 'b' }], 4900],
  ['up, and something else', [EARLIER, SOME, UP], 4900],
])(
  'of events that bear one second, %s, the last state counts, in whichever order they come',
  async (_, reported, mrr) => {
    for (const order of [reported, reported.toReversed()]) {
      const customer = `cus_${randomUUID()}`
      for (const each of order) await note(customer, each)
      const [month] = await db().execute(
        sql`select mrr_after::int as mrr from revenue_movements where customer_id = ${customer} order by month desc limit 1`,
      )
      expect(month).toEqual({ mrr })
    }
  },
)

it('what was noted twice counts once', async () => {
  const customer = `cus_${randomUUID()}`
  const sums = () =>
    db().execute(
      sql`select coalesce(sum(customers), 0)::int as customers, coalesce(sum(mrr_after), 0)::int as mrr from revenue_totals`,
    )
  const [before] = await sums()
  for (let n = 0; n < 2; n += 1) await note(customer, EARLIER)
  const [after] = await sums()
  expect(Number(after?.customers) - Number(before?.customers)).toBe(1)
  expect(Number(after?.mrr) - Number(before?.mrr)).toBe(1900)
})

async function note(customer: string, { key, at = '2027-02-05', ...rest }: Reported) {
  const moment = {
    ...{ ...rest, key: `${customer} ${key}`, at: `${at}T00:00:00Z`, source: 'event' },
    ...{ subscription_id: `sub_${customer}`, customer_id: customer, status: 'active' },
    ...{ plan: 'pro', currency: 'usd', later: [] },
  }
  const news = { moments: [moment], readings: [], invoices: [] }
  await db().execute(sql`select note_revenue(${customer}, ${JSON.stringify(news)}::jsonb)`)
}
