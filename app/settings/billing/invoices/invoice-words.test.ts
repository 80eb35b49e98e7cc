import { describe, expect, test } from 'vitest'
import type { Invoice } from '@/lib/billing/invoices'
import {
  amountNote,
  creditNote,
  creditWord,
  invoiceWord,
  linesText,
  reasonText,
} from './invoice-words'

const usd = (amount: number) => ({ amount, currency: 'usd' })

const PAID: Invoice = {
  ...{ id: 'in_1', number: 'A-0001', status: 'paid', created: new Date(0), dueDate: null },
  ...{ billingReason: 'subscription_cycle', isProcessing: false, pageUrl: null, pdfUrl: null },
  ...{ total: usd(1900), remaining: usd(0), paid: usd(1900), takenOff: usd(0), carried: usd(0) },
  back: { refunded: 0, credited: 0, takenBack: 0, disputed: 0 },
  lines: [{ text: '1 × Pro (at $19.00 / month)', isProration: false }],
}

describe('what an invoice was made for', () => {
  test.each([
    ['subscription_create', 'First payment'],
    ['subscription_cycle', 'Renewal'],
    ['subscription_update', 'Change of plan'],
    ['manual', 'Single invoice'],
    ['a_word_of_next_year', 'Invoice'],
    [null, 'Invoice'],
  ])('by Stripe’s word %s is %s', (billingReason, text) => {
    expect(reasonText({ ...PAID, billingReason })).toBe(text)
  })

  test('a trial’s first invoice, over nothing, is no payment', () => {
    const trial = { ...PAID, billingReason: 'subscription_create', total: usd(0), paid: usd(0) }
    expect(reasonText(trial)).toBe('Start of your plan')
    expect(invoiceWord(trial).word).toBe('Nothing due')
  })

  test('more given back than asked for is credit', () => {
    const total = usd(-500)
    expect(reasonText({ ...PAID, billingReason: 'subscription_update', total })).toBe(
      'Credit to your account',
    )
  })

  test('of several lines what was bought comes before what was given back', () => {
    const lines = [
      { text: 'Unused time on Pro', isProration: true },
      { text: '1 × Studio', isProration: false },
    ]
    expect(linesText({ ...PAID, lines })).toBe('1 × Studio, and 1 more')
    expect(linesText({ ...PAID, lines: [] })).toBeNull()
  })
})

describe('where an invoice stands', () => {
  test.each([
    ['paid', 'Paid'],
    ['open', 'To pay'],
    ['void', 'Void'],
    ['uncollectible', 'Not paid'],
    ['draft', 'Being made'],
    ['unknown', 'Being checked'],
  ] as const)('%s reads %s', (status, word) => {
    expect(invoiceWord({ ...PAID, status }).word).toBe(word)
  })

  test('a bank debit that has not arrived is processing, and never paid', () => {
    expect(invoiceWord({ ...PAID, status: 'open', isProcessing: true }).word).toBe('Processing')
  })
})

describe('an invoice whose money went back', () => {
  test.each([
    [{ refunded: 1900 }, 'Refunded', '$19.00 was sent back to you'],
    [{ refunded: 500 }, 'Partly refunded', '$5.00 was sent back to you'],
    [{ credited: 1900 }, 'Credited', '$19.00 was added to your credit'],
    [{ credited: 400 }, 'Partly credited', '$4.00 was added to your credit'],
    [{ takenBack: 1900 }, 'Taken back by your bank', '$19.00 was taken back by your bank'],
    [{ disputed: 1900 }, 'Disputed', '$19.00 is disputed at your bank, which has not decided'],
    [
      { refunded: 1000, credited: 900 },
      'Refunded',
      '$10.00 was sent back to you. $9.00 was added to your credit',
    ],
  ])('by %o is not called paid, and says how much', (back, word, note) => {
    const invoice = { ...PAID, back: { ...PAID.back, ...back } }
    expect(invoiceWord(invoice).word).toBe(word)
    expect(amountNote(invoice)).toBe(note)
  })
})

test('an invoice that is too little to be charged is carried over, and no credit paid it', () => {
  const little = { ...PAID, total: usd(20), paid: usd(0), carried: usd(20) }
  expect(invoiceWord(little).word).toBe('Carried over')
  expect(amountNote(little)).toBe(
    '$0.20 is too little to be charged by itself: it is added to your next invoice.',
  )
})

describe('beside the amount', () => {
  test('nothing is said where it says everything', () => {
    expect(amountNote(PAID)).toBeNull()
  })

  test('of an open one that was paid in part stands what it was', () => {
    const open = { ...PAID, status: 'open', remaining: usd(700), paid: usd(1200) } as const
    expect(amountNote(open)).toBe('of $19.00; the rest is paid')
    // Nothing was charged for it yet.
    expect(amountNote({ ...open, paid: usd(0) })).toBe('of $19.00; the rest is paid with credit')
    expect(amountNote({ ...open, paid: usd(0), takenOff: usd(1200) })).toBe(
      'of $19.00; $12.00 was taken off',
    )
  })

  test('what credit paid is not called charged', () => {
    expect(amountNote({ ...PAID, paid: usd(1400) })).toBe(
      '$14.00 charged, the rest paid with credit',
    )
    expect(amountNote({ ...PAID, paid: usd(0) })).toMatch(/^Paid without a charge/)
  })

  test('what was owed from before is part of the charge', () => {
    expect(amountNote({ ...PAID, paid: usd(2400) })).toBe(
      '$24.00 charged, with a balance from before',
    )
  })
})

describe('credits, for which there is no invoice,', () => {
  const bought = (state: 'paid' | 'refunded' | 'processing' | 'failed' | 'free', back = 0) => {
    const payment = { state, total: usd(900), refunded: usd(back) }
    const sale = { id: 'cs_test_1', created: new Date(0), units: 100, ...payment } as const
    return [creditWord(sale).word, creditNote(sale)]
  }

  test('are paid, and say how much of it went back', () => {
    expect(bought('paid')).toEqual(['Paid', null])
    expect(bought('paid', 300)).toEqual(['Partly refunded', '$3.00 was sent back to you'])
    expect(bought('refunded', 900)).toEqual(['Refunded', '$9.00 was sent back to you'])
  })

  test('are never said to be paid before the money is there, or when it came back', () => {
    expect(bought('processing')).toEqual([
      'Processing',
      'Its credits are here as soon as the money is.',
    ])
    expect(bought('failed')).toEqual(['Not paid', 'Your bank returned it. You were not charged.'])
    expect(bought('free')).toEqual(['Nothing due', null])
  })
})
