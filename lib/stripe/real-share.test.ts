import { describe, expect, it } from 'vitest'
import { day, invoice, line } from '@/lib/sync/rows.fixture'
import type { BilledInvoice } from './billed-invoice'
import { isCredited, withShares } from './real-share'

// Studio for a month, and the half of it that is given back for a smaller plan.
const studio = line({ priceId: 'price_studio', amount: 4900, from: day(-10), until: day(20) })
const half = line({ ...studio, amount: -2400, proration: true, from: day(5) })
const pro = line({ amount: 900, proration: true, from: day(5), until: day(20) })

const bought = (over: Partial<BilledInvoice> = {}) =>
  invoice({ id: 'in_1', reason: 'first', total: 4900, paid: 4900, lines: [studio], ...over })
const voided = bought({ status: 'void', paid: 0, missing: 4900 })
const smaller = invoice({
  id: 'in_2',
  reason: 'change',
  finalizedAt: day(5),
  total: -1500,
  paid: 0,
  lines: [half, pro],
  credit: { before: 0, after: 1500 },
})
const renewed = invoice({
  id: 'in_3',
  finalizedAt: day(20),
  paid: 400,
  lines: [line({ from: day(20), until: day(50) })],
  credit: { before: 1500, after: 0 },
})

function sharesOf(...all: BilledInvoice[]): Record<string, number> {
  return Object.fromEntries(withShares(all).map(({ id, share }) => [id, share]))
}

describe('credit for unused time', () => {
  it('is money where the time was paid for', () => {
    expect(sharesOf(bought(), smaller, renewed)).toEqual({ in_1: 1, in_2: 1, in_3: 1 })
  })

  it('is none where the time was not paid for: of what it pays only the rest is there', () => {
    expect(sharesOf(voided, smaller, renewed)).toEqual({ in_1: 0, in_2: 0, in_3: 400 / 1900 })
  })

  it('is none also where the rest was too little to be charged, which by itself is let pass', () => {
    const waits = bought({ status: 'open', paid: 0, missing: 4900 })
    const back = line({ ...studio, amount: -4893, proration: true })
    const anew = line({ ...studio, from: day(0), until: day(30) })
    const again = { total: 7, paid: 0, carried: 7, finalizedAt: day(0) }
    const reset = invoice({ id: 'in_2', reason: 'change', ...again, lines: [back, anew] })
    expect(sharesOf(waits, reset)).toEqual({ in_1: 0, in_2: 0 })
    expect(sharesOf(bought(), reset)).toEqual({ in_1: 1, in_2: 1 })
    expect(sharesOf(bought({ total: 7, paid: 0, carried: 7 }))).toEqual({ in_1: 1 })
  })

  it('is money once the time is paid for after all', () => {
    const waits = bought({ status: 'open', paid: 0, missing: 4900 })
    expect(sharesOf(waits, smaller, renewed).in_3).toBeLessThan(1)
    expect(sharesOf(bought(), smaller, renewed).in_3).toBe(1)
  })

  it.each([
    ['a trial', { total: 0, paid: 0, lines: [{ ...studio, amount: 0 }] }],
    ['a coupon', { total: 0, paid: 0 }],
  ])('is none for what %s gave', (_, over) => {
    expect(sharesOf(bought(over), smaller, renewed)).toMatchObject({ in_2: 0, in_3: 400 / 1900 })
  })

  it.each(['refunded', 'dispute_lost'] as const)(
    'is none once its money was %s, where that counts',
    (reversed) => {
      const back = bought({ reversed })
      const shares = (counts: typeof reversed) =>
        Object.fromEntries(
          withShares([back, smaller, renewed], [counts]).map(({ id, share }) => [id, share]),
        )
      const other = reversed === 'refunded' ? 'dispute_lost' : 'refunded'
      expect(shares(reversed)).toMatchObject({ in_2: 0, in_3: 400 / 1900 })
      expect(shares(other)).toMatchObject({ in_2: 1, in_3: 1 })
      expect(sharesOf(back, smaller, renewed)).toMatchObject({ in_2: 1, in_3: 1 })
    },
  )

  it('names the invoices for which it was given', () => {
    const all = [bought(), smaller, renewed]
    expect(all.filter(isCredited(all)).map(({ id }) => id)).toEqual(['in_1'])
  })

  it('is money where what it is for is older than what we read', () => {
    expect(sharesOf(smaller, renewed)).toEqual({ in_2: 1, in_3: 1 })
  })

  it('does not pay the very bill that it is for', () => {
    const again = { ...smaller, total: 0, lines: [half, { ...pro, amount: 2400 }] }
    expect(sharesOf(voided, { ...again, credit: { before: 0, after: 0 } })).toMatchObject({
      in_2: 0,
    })
  })
})

describe('a credit balance', () => {
  const gift = { ...renewed, credit: { before: 2000, after: 500 } }

  it('that an operator gave is money', () => {
    expect(sharesOf(gift)).toEqual({ in_3: 1 })
  })

  it('is used for what is good of it first', () => {
    const mixed = sharesOf(voided, smaller, { ...renewed, credit: { before: 3000, after: 1500 } })
    expect(mixed.in_3).toBe(1)
  })

  it('that an operator takes away is first what was never paid for', () => {
    const later = invoice({ id: 'in_4', finalizedAt: day(50), credit: { before: 400, after: 0 } })
    const taken = { ...renewed, paid: 1900, credit: { before: 0, after: 0 } }
    expect(sharesOf(voided, smaller, taken, later).in_4).toBe(1)
  })

  it('that comes back from an invoice that is void is what it was', () => {
    const back = { ...renewed, status: 'void', paid: 0, missing: 400 } as const
    const again = { ...renewed, id: 'in_4', finalizedAt: day(21) } as const
    expect(sharesOf(voided, smaller, back, again).in_4).toBe(400 / 1900)
    expect(sharesOf(bought(), smaller, back, again).in_4).toBe(1)
  })
})

it('what is still asked for is not there, and an invoice over nothing lacks nothing', () => {
  expect(sharesOf(bought({ status: 'open', paid: 0, missing: 4900 })).in_1).toBe(0)
  expect(sharesOf(bought({ total: 0, paid: 0, lines: [] })).in_1).toBe(1)
})
