import { describe, expect, test } from 'vitest'
import type { InvoicePreview } from '@/lib/charge'
import { formatMoney } from '@/lib/money'
import { chargeNotes, chargeRows, paidWithText } from './charge-rows'

const PREVIEW: InvoicePreview = {
  currency: 'usd',
  at: new Date('2026-12-23T09:30:00Z'),
  lines: [{ text: '3 × Pro (at $19.00 / month)', amount: 5700, isProration: false }],
  discounts: [],
  tax: { added: 0, included: 0, isUnknown: false },
  total: 5700,
  balance: 0,
  carried: 0,
  due: 5700,
}
const said = (over: Partial<InvoicePreview>) =>
  chargeRows({ ...PREVIEW, ...over }).map(({ label, value }) => `${label}: ${formatMoney(value)}`)
const off = { amount: 1140, name: 'LAUNCH20', percent: 20 }

describe('the rows of a charge', () => {
  test('say how many of what, each discount and until when, tax, and credit', () => {
    expect(
      said({
        discounts: [{ ...off, lasts: { until: new Date('2027-02-23T00:00:00Z') } }],
        tax: { added: 866, included: 0, isUnknown: false },
        total: 5426,
        balance: -2400,
        due: 3026,
      }),
    ).toEqual([
      '3 × Pro (at $19.00 / month): $57.00',
      'LAUNCH20, 20% off, until February 23, 2027: -$11.40',
      'Tax: $8.66',
      'Your credit: -$24.00',
    ])
  })

  test('say of a discount that it is for this time, or for good, and what it is where it has no name', () => {
    const [, once] = said({ discounts: [{ ...off, lasts: 'once' }] })
    expect(once).toBe('LAUNCH20, 20% off, this time: -$11.40')
    const [, plain] = said({
      discounts: [{ amount: 700, name: null, percent: null, lasts: 'forever' }],
    })
    expect(plain).toBe('$7.00 off: -$7.00')
  })

  test('say where more is given back than asked for that it is kept, and what was left before', () => {
    expect(said({ total: -500, balance: 500, due: 0 })).toContain('Kept as credit for later: $5.00')
    expect(said({ balance: 300, due: 6000 })).toContain('Left from earlier invoices: $3.00')
  })

  test('never call a debt that is carried to the next invoice a credit', () => {
    expect(
      said({
        lines: [{ text: 'Pro', amount: 20, isProration: true }],
        total: 20,
        carried: 20,
        due: 0,
      }),
    ).toEqual(['Pro: $0.20', 'Owed with your next invoice: -$0.20'])
    // What was left before comes on top.
    expect(said({ total: 20, balance: 15, carried: 35, due: 0 }).slice(1)).toEqual([
      'Left from earlier invoices: $0.15',
      'Owed with your next invoice: -$0.35',
    ])
    expect(chargeNotes({ ...PREVIEW, carried: 20 })).toEqual([
      '$0.20 is too little to be charged by itself: it is added to your next invoice.',
    ])
  })
})

test('tax that is in the price, and tax that is not known, is said beside the amount', () => {
  const tax = { added: 0, included: 910, isUnknown: false }
  expect(chargeNotes({ ...PREVIEW, tax })).toEqual(['$9.10 of it is tax.'])
  const unknown = { added: 0, included: 0, isUnknown: true }
  expect(chargeNotes({ ...PREVIEW, tax: unknown })).toEqual([
    'Tax may be added, once your address is known.',
  ])
})

test('what it is paid with is said as its owner knows it', () => {
  expect(paidWithText({ kind: 'card', brand: 'visa', last4: '4242', expiresAt: null })).toBe(
    'Visa •••• 4242',
  )
  expect(paidWithText({ kind: 'bank', bank: null, last4: '3000' })).toBe('Bank account •••• 3000')
  expect(paidWithText({ kind: 'other', type: 'link' })).toBe('Link')
  expect(paidWithText({ kind: 'other', type: 'of_next_year' })).toBeNull()
})
