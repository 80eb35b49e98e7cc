import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { ACCESS_POLICY } from '@/lib/catalog/access-policy'
import { PAYMENTS, type PaymentState } from '@/lib/payment'
import { day, NOW, row } from '@/lib/sync/rows.fixture'
import { accessOf, allowedUntil } from './access'

// The table of docs/access.md is the one that founders read: each of its rows is computed here.
const text = readFileSync(fileURLToPath(new URL('../../docs/access.md', import.meta.url)), 'utf8')
const cells = text
  .split('\n')
  .filter((line) => /^\| `(active|past_due)`/.test(line))
  .map((line) => line.split('|').map((cell) => cell.trim().replaceAll('`', '')))
  .map(([, status, owes, payment, access, until]) => ({ status, owes, payment, access, until }))

const OWES = [null, 'first', 'conversion', 'renewal'] as const
const STATUSES = ['active', 'past_due'] as const

// Every instant of a row is distinguished by its day: see UNTIL.
const subject = (
  status: 'active' | 'past_due',
  owes: (typeof OWES)[number],
  payment: PaymentState,
) =>
  row({
    status,
    owes,
    payment,
    pastDueSince: status === 'past_due' ? day(-1) : null,
    owedSince: owes === null ? null : day(-2),
    dueAt: payment === 'sent' ? day(3) : null,
    currentPeriodEnd: day(20),
    paidThrough: day(18),
  })

const UNTIL: Record<string, number | null> = {
  'end of period + grace': 34,
  'failure + grace': 13,
  'end of what was paid': 18,
  'invoice + grace': 12,
  'due date + grace': 17,
  'due date': 3,
  '–': null,
}

describe('the table of docs/access.md', () => {
  it.each(cells)('$status, owes $owes, $payment: $access until $until', (cell) => {
    const status = STATUSES.find((each) => each === cell.status)
    const owes = OWES.find((each) => (each ?? 'nothing') === cell.owes)
    const payment = PAYMENTS.find((each) => each === cell.payment)
    if (!status || owes === undefined || !payment) throw new Error('a word that the code lacks')
    const of = subject(status, owes, payment)
    expect(accessOf(of, NOW)).toBe(cell.access)
    const until = UNTIL[String(cell.until)]
    expect(allowedUntil(of)).toEqual(until === null || until === undefined ? null : day(until))
  })

  it('has a row for everything that can be', () => {
    const possible = STATUSES.flatMap((status) =>
      OWES.flatMap((owes) =>
        PAYMENTS.filter((payment) => SETTLED.has(payment) === (owes === null)).map(
          (payment) => `${status} ${owes ?? 'nothing'} ${payment}`,
        ),
      ),
    )
    const drawn = cells.map(({ status, owes, payment }) => `${status} ${owes} ${payment}`)
    expect(drawn.toSorted()).toEqual(possible.toSorted())
  })
})

it('docs/access.md names every policy, with the value that it has here', () => {
  const policies = [...text.matchAll(/^\| `(\w+)` +\| `(\w+)` +\|/gm)].map(([, ...row]) => row)
  const { graceDays: _, ...stated } = ACCESS_POLICY
  expect(policies.filter(([name]) => name !== 'active' && name !== 'past_due')).toEqual(
    Object.entries(stated),
  )
})

// What leaves nothing owed.
const SETTLED: ReadonlySet<PaymentState> = new Set(['settled', 'refunded', 'dispute_lost'])
