import { describe, expect, it } from 'vitest'
import { FREE, PLANS } from '@/lib/catalog/plans'
import { SMALL } from '@/lib/catalog/tiers.fixture'
import type { InvoiceSnapshot } from '@/lib/stripe/invoices'
import { day, NOW, row } from '@/lib/sync/rows.fixture'
import { BILLING_URL, invoice, now, TO } from './emails.fixture'
import type { OpenPayment } from './open-payment'
import { paymentActionEmail } from './payment-action-email'
import { paymentFailedEmail } from './payment-failed-email'

const pastDue = row({ status: 'past_due', pastDueSince: NOW, owes: 'renewal', payment: 'open' })
const open = (over: Partial<InvoiceSnapshot> = {}, rest: Partial<OpenPayment> = {}) => ({
  to: TO,
  invoice: invoice(over),
  subscription: pastDue,
  owed: null,
  billingUrl: BILLING_URL,
  now: NOW,
  ...rest,
})
const failed = (...given: Parameters<typeof open>) => paymentFailedEmail(open(...given))

describe('a charge that failed', () => {
  it('is reported with what is due, the next try and the last day of the plan', () => {
    const mail = failed()
    expect(mail.subject).toBe(`We could not charge $19.00 for ${PLANS[SMALL].name}`)
    expect(mail.text).toBe(
      [
        `$19.00 for ${PLANS[SMALL].name} could not be charged. Your bank is asked again on November 26, 2026.`,
        `Your plan stays on until December 7, 2026 at the latest. After that, ${FREE.name} applies.`,
        'Pay, or change your card:\nhttps://invoice.stripe.com/i/1\n',
      ].join('\n\n'),
    )
  })

  it('names what the invoice still asks for, not the price of the plan', () => {
    const { subject, text } = failed({ remaining: { amount: 733, currency: 'eur' } })
    expect(subject).toBe(`We could not charge €7.33 for ${PLANS[SMALL].name}`)
    expect(text).not.toContain('19')
  })

  it('of which an older one is open, too, says what is owed in all, and leads to where each is paid', () => {
    const mail = failed({}, { owed: { amount: 3800, currency: 'usd' } })
    expect(mail.subject).toBe(`We could not charge $19.00 for ${PLANS[SMALL].name}`)
    expect(mail.text).toContain('With what was open before, $38.00 is owed.')
    expect(mail.link).toBe(BILLING_URL)
  })

  it('that is not tried again says so', () => {
    expect(failed({ nextAttempt: null }).text).toContain('Your bank is not asked again by itself.')
  })

  it('that was to be tried again by now names no day that is past', () => {
    expect(failed({ nextAttempt: day(-1) }).text).toContain('Your bank is being asked again.')
  })

  it('after the last day says since when the plan is off, and never until when it stays on', () => {
    const { text } = failed({}, { now: day(15) })
    expect(text).toContain(
      'Your plan has been off since December 7, 2026, and is back as soon as it is paid.',
    )
    expect(text).not.toContain('stays on')
  })

  it('of a plan that is to end before names that day', () => {
    const { text } = failed({ subscription: now({ cancelAt: day(5) }) })
    expect(text).toContain('until November 28, 2026 at the latest, when it is set to end.')
  })

  it.each([
    ['unpaid', {}, 'Your plan is off, and is back as soon as it is paid.'],
    ['incomplete', {}, 'Your plan starts as soon as it is paid.'],
    ['active', { isChangePending: true }, 'The change of plan that it is for waits until it is'],
    ['active', {}, 'Your plan may be limited until it is paid.'],
  ] as const)('while the subscription is %s says what paying does', (status, over, words) => {
    const mail = failed({ subscription: now({ status, ...over }) })
    expect(mail.text).toContain(words)
    expect(mail.link).toBe('https://invoice.stripe.com/i/1')
  })

  it('of a plan that was never paid for says that it starts with the money, and names no day', () => {
    const first = row({ ...pastDue, owes: 'conversion', payment: 'open' })
    const { text } = failed({}, { subscription: first })
    expect(text).toContain('Your plan starts as soon as it is paid.')
    expect(text).not.toContain('stays on')
  })

  it('of a change of plan alone names the end of what the plan before was paid for', () => {
    const paid = { ...pastDue, owes: null, payment: 'settled' } as const
    const change = row({ ...paid, changeUnpaid: true, coveredTier: SMALL, paidThrough: day(9) })
    expect(failed({}, { subscription: change }).text).toContain(
      'Your plan stays on until December 2, 2026 at the latest.',
    )
  })

  it('while the plan is paused leads to where it is resumed: paying would not', () => {
    const mail = failed({ subscription: now({ status: 'paused' }) })
    expect(mail.text).toContain(`${FREE.name} applies until you resume it`)
    expect(mail.text).not.toContain('Pay, or')
    expect(mail.link).toBe(BILLING_URL)
  })

  it('of an older invoice does not offer to pay that one: only the latest brings the plan back', () => {
    const mail = failed({ subscription: now({ latestInvoiceId: 'in_2' }) })
    expect(mail.link).toBe(BILLING_URL)
  })

  it('leads to our own page where Stripe gave none', () => {
    const mail = failed({ payUrl: null })
    expect(mail.link).toBe(BILLING_URL)
    expect(mail.text).toContain('See your billing')
  })

  it('before our records know promises no day', () => {
    expect(failed({}, { subscription: null }).text).toContain('may be limited until it is paid')
  })

  it('of no subscription says nothing about a plan', () => {
    const mail = failed({ subscriptionId: null, subscription: null }, { subscription: null })
    expect(mail.subject).toBe('We could not charge $19.00')
    expect(mail.text).not.toContain('plan')
    expect(mail.link).toBe('https://invoice.stripe.com/i/1')
  })
})

it('a bank that asks is named as such, with the page to confirm on', () => {
  const mail = paymentActionEmail(open())
  expect(mail.subject).toBe(`Your bank asks you to confirm $19.00 for ${PLANS[SMALL].name}`)
  expect(mail.link).toBe('https://invoice.stripe.com/i/1')
})
