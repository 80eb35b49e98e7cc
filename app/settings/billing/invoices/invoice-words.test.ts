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
  ...{ total: usd(1900), remaining: usd(0), paid: usd(1900) },
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

describe('beside the amount', () => {
  test('nothing is said where it says everything', () => {
    expect(amountNote(PAID)).toBeNull()
  })

  test('of an open one that was paid in part stands what it was', () => {
    const open = { ...PAID, status: 'open', remaining: usd(700) } as const
    expect(amountNote(open)).toBe('of $19.00; the rest is paid')
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
    return [creditWord(state).word, creditNote(sale)]
  }

  test('are paid, and say how much of it went back', () => {
    expect(bought('paid')).toEqual(['Paid', null])
    expect(bought('paid', 300)).toEqual(['Paid', '$3.00 was sent back to you'])
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
