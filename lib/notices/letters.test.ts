import { describe, expect, it } from 'vitest'
import type { InvoiceSnapshot } from '@/lib/stripe/invoices'
import { day, NOW, row } from '@/lib/sync/testing'
import { debitReturnedLetter } from './debit-returned-letter'
import { operatorLetter } from './operator-letter'
import { paymentActionLetter, paymentFailedLetter } from './payment-letters'
import { trialLetter } from './trial-letter'

const billingUrl = 'https://app.example/settings/billing'
const to = 'ada@example.com'
const invoice = (over: Partial<InvoiceSnapshot> = {}): InvoiceSnapshot => ({
  id: 'in_1',
  status: 'open',
  remaining: { amount: 1900, currency: 'usd' },
  nextAttempt: day(3),
  subscriptionId: 'sub_1',
  payUrl: 'https://invoice.stripe.com/i/1',
  ...over,
})
const pastDue = row({ status: 'past_due', pastDueSince: NOW })

describe('a charge that failed', () => {
  it('is told with the amount, the next try and the day on which the plan ends', () => {
    const mail = paymentFailedLetter({ to, invoice: invoice(), subscription: pastDue, billingUrl })
    expect(mail.subject).toBe('We could not charge $19.00 for Pro')
    expect(mail.text).toBe(
      [
        '$19.00 for Pro could not be charged. Your bank is asked again on November 26, 2026.',
        'Your plan stays on until December 7, 2026. After that, Free applies.',
        'Pay, or change your card:\nhttps://invoice.stripe.com/i/1\n',
      ].join('\n\n'),
    )
  })

  it('that is not tried again says so', () => {
    const last = invoice({ nextAttempt: null })
    const { text } = paymentFailedLetter({ to, invoice: last, subscription: pastDue, billingUrl })
    expect(text).toContain('Your bank is not asked again by itself.')
  })

  it('leads to our own page where Stripe gave none', () => {
    const plain = invoice({ payUrl: null })
    const mail = paymentFailedLetter({ to, invoice: plain, subscription: pastDue, billingUrl })
    expect(mail.link).toBe(billingUrl)
  })

  it('of no subscription, or before our books know, promises no day', () => {
    const mail = paymentFailedLetter({ to, invoice: invoice(), subscription: null, billingUrl })
    expect(mail.subject).toBe('We could not charge $19.00')
    expect(mail.text).toContain('Your plan may be limited until it is paid.')
  })
})

it('a bank that asks is told as such, with the page to confirm on', () => {
  const mail = paymentActionLetter({ to, invoice: invoice(), subscription: pastDue, billingUrl })
  expect(mail.subject).toBe('Your bank asks you to confirm $19.00 for Pro')
  expect(mail.link).toBe('https://invoice.stripe.com/i/1')
})

describe('a trial that ends', () => {
  const trial = row({ status: 'trialing', trialEnd: day(3), quantity: 2 })
  const letterOf = (subscription: typeof trial) =>
    trialLetter({ to, subscription, billingUrl, now: NOW })

  it('is told with what it will cost, from when, and how not to', () => {
    const mail = letterOf(trial)
    expect(mail?.subject).toBe('Your trial of Pro ends on November 26, 2026')
    expect(mail?.text).toContain('$38.00 for Pro is charged on November 26, 2026')
    expect(mail?.text).toContain('If you cancel before, nothing is charged.')
  })

  it.each([
    ['has ended', { status: 'active' }],
    ['is over by now', { trialEnd: day(-1) }],
    ['will not go on', { cancelAt: day(3) }],
  ] as const)('and %s makes no letter', (_, over) => {
    expect(letterOf(row({ ...trial, ...over }))).toBeNull()
  })
})

it('an operator reads what happened, to what, whose it is and what to do', () => {
  const { subject, text } = operatorLetter(to, {
    kind: 'charge.dispute.created',
    objectId: 'dp_1',
    customerId: 'cus_ada',
  })
  expect(subject).toBe('A charge is disputed: dp_1')
  expect(text).toContain('It is about cus_ada.')
  expect(text).toContain('Answer within the days that Stripe names there')
})

it('an operator who reads of a second subscription is led to its customer', () => {
  const { subject, text, link } = operatorLetter(to, {
    kind: 'subscription.duplicate',
    objectId: 'sub_2',
    customerId: 'cus_ada',
  })
  expect(subject).toBe('A customer has a second subscription: sub_2')
  expect(text).toContain('Each of them is charged.')
  expect(link).toBe('https://dashboard.stripe.com/customers/cus_ada')
})

it('words that look like HTML stay words', () => {
  const { html } = operatorLetter(to, { kind: '<b>', objectId: 'dp_1', customerId: null })
  expect(html).not.toContain('<b>')
})

it('a first bank debit that came back is told with the amount, that nothing began, and a way to the plans', () => {
  const session = { tier: 'studio', receipt: { total: { amount: 49_000, currency: 'usd' } } }
  const mail = debitReturnedLetter({ to, session, plansUrl: 'https://app.example/pricing' })
  expect(mail.subject).toBe('Your payment for Studio did not arrive')
  expect(mail.text).toContain(
    '$490.00 for Studio was returned by your bank, so Studio did not start. You were not charged.',
  )
  expect(mail.link).toBe('https://app.example/pricing')
})
