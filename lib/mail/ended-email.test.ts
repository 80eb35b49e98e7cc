import { describe, expect, it } from 'vitest'
import { PLANS } from '@/lib/catalog/plans'
import { SMALL } from '@/lib/catalog/tiers.fixture'
import type { Notification } from '@/lib/events/notification'
import { day, NOW } from '@/lib/sync/rows.fixture'
import { TO } from './emails.fixture'
import { type EndedPlan, endedEmail } from './ended-email'
import { type LatePayment, latePaymentEmail } from './late-payment-email'
import { operatorEmail } from './operator-email'

describe('a plan that ended unpaid', () => {
  const ended = (over: Partial<EndedPlan> = {}) =>
    endedEmail({
      to: TO,
      plan: PLANS[SMALL].name,
      endedAt: day(-1),
      isUnpaid: true,
      open: { amount: 1900, currency: 'usd' },
      openInvoices: 'void',
      hasOther: false,
      appUrl: 'https://app.example',
      ...over,
    })

  it('is reported with what was open, that nothing is owed, and what brings it back', () => {
    const mail = ended()
    expect(mail.subject).toBe(`${PLANS[SMALL].name} ended on November 22, 2026`)
    expect(mail.text).toBe(
      [
        `$19.00 for ${PLANS[SMALL].name} was not paid, so ${PLANS[SMALL].name} ended on November 22, 2026.`,
        'You do not have to pay it any more, and your bank is not asked again.',
        `To have ${PLANS[SMALL].name} again, choose it anew. Your data is kept.`,
        'Choose a plan:\nhttps://app.example/pricing\n',
      ].join('\n\n'),
    )
  })

  it('by hand while a payment was open says so', () => {
    expect(ended({ isUnpaid: false }).text).toContain(
      `${PLANS[SMALL].name} ended on November 22, 2026, while $19.00 for ${PLANS[SMALL].name} was still open.`,
    )
  })

  it('beside another plan of its owner sells none', () => {
    const mail = ended({ hasOther: true })
    expect(mail.text).toContain('Your other plan goes on as it is.')
    expect(mail.link).toBe('https://app.example/settings/billing')
  })

  it('whose debt stays says so, and offers no way to pay: it would bring nothing back', () => {
    const mail = ended({ openInvoices: 'leave' })
    expect(mail.text).toContain('Paying it does not bring the plan back.')
    expect(mail.link).toBe('https://app.example/pricing')
  })

  it('that our records cannot name, or whose invoice is closed already, guesses neither', () => {
    const mail = ended({ plan: null, open: null })
    expect(mail.text).toContain('What was due was not paid, so your plan ended on November 22')
  })
})

describe('money that came for a plan that had ended', () => {
  const late = (over: Partial<LatePayment>) =>
    latePaymentEmail({
      to: TO,
      plan: PLANS[SMALL].name,
      paid: { amount: 1900, currency: 'usd' },
      paidAt: NOW,
      endedAt: day(-1),
      did: 'refunded',
      paidUntil: null,
      hasOther: false,
      appUrl: 'https://app.example',
      ...over,
    })
  const notification = { kind: 'payment.late', objectId: 'in_1', customerId: 'cus_ada' } as const
  const operators = (over: Omit<Partial<Notification>, 'kind'>) =>
    operatorEmail(TO, { ...notification, key: '1', ...over })

  it('and was sent back is reported to both', () => {
    const mail = late({})
    expect(mail.subject).toBe('We sent your $19.00 back')
    expect(mail.text).toContain(
      `$19.00 for ${PLANS[SMALL].name} arrived on November 23, 2026. By then ${PLANS[SMALL].name} had ended, on November 22, 2026.`,
    )
    expect(mail.link).toBe('https://app.example/pricing')
    expect(operators({ did: 'refunded' }).text).toContain('It was sent back')
  })

  it('and started the plan anew is reported to both, with the day until which it is paid', () => {
    const mail = late({ did: 'restarted', paidUntil: day(31) })
    expect(mail.subject).toBe(`${PLANS[SMALL].name} is on again`)
    expect(mail.text).toContain(
      `${PLANS[SMALL].name} is on again, and paid until December 24, 2026.`,
    )
    expect(mail.link).toBe('https://app.example/settings/billing')
    expect(operators({ did: 'restarted', restartedAs: 'sub_2' }).text).toContain('sub_2')
  })

  it('and was kept asks the operators to decide, and its customer not to pay again', () => {
    const mail = late({ did: 'kept' })
    expect(mail.text).toContain('There is no need to pay again.')
    const { text, link } = operators({ did: 'kept' })
    expect(text).toContain('refund it, or start the plan anew')
    expect(link).toBe('https://dashboard.stripe.com/customers/cus_ada')
  })
})
