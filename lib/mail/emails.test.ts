import { describe, expect, it } from 'vitest'
import { PLANS } from '@/lib/catalog/plans'
import { GREAT, SMALL } from '@/lib/catalog/tiers.fixture'
import { day, NOW } from '@/lib/sync/rows.fixture'
import { debitReturnedEmail } from './debit-returned-email'
import { BILLING_URL, now, TO } from './emails.fixture'
import { operatorEmail } from './operator-email'
import { type EndingTrial, trialEndingEmail } from './trial-ending-email'

describe('a trial that ends', () => {
  const ending: EndingTrial = {
    to: TO,
    trial: { ...now({ status: 'trialing', trialEnd: day(3) }), withoutCard: null },
    tier: SMALL,
    charge: { amount: 3800, currency: 'usd' },
    carried: null,
    billingUrl: BILLING_URL,
    now: NOW,
  }
  const emailOf = (over: Partial<EndingTrial['trial']>, rest: Partial<EndingTrial> = {}) =>
    trialEndingEmail({ ...ending, ...rest, trial: { ...ending.trial, ...over } })

  it('is announced with what it will cost, from when, and how not to', () => {
    const mail = emailOf({})
    expect(mail?.subject).toBe(`Your trial of ${PLANS[SMALL].name} ends on November 26, 2026`)
    expect(mail?.text).toContain(`$38.00 for ${PLANS[SMALL].name} is charged on November 26, 2026`)
    expect(mail?.text).toContain('If you cancel before, nothing is charged.')
  })

  it.each([
    ['has ended', { status: 'active' }],
    ['is over by now', { trialEnd: day(-1) }],
    ['will not go on', { cancelAt: day(3) }],
    ['was ended before', { status: 'canceled', endedAt: day(-1) }],
  ] as const)('and %s makes no email', (_, over) => {
    expect(emailOf(over)).toBeNull()
  })

  it('and is charged once more before a later end is announced', () => {
    expect(emailOf({ cancelAt: day(60) })?.text).toContain(
      `$38.00 for ${PLANS[SMALL].name} is charged`,
    )
  })

  it('and costs nothing says so, and names no amount that is due', () => {
    const mail = emailOf({}, { charge: { amount: 0, currency: 'usd' } })
    expect(mail?.text).toContain('nothing is charged on that day')
    expect(mail?.text).not.toContain('$')
  })

  it('of a plan that our records do not know, or that Stripe cannot price, guesses neither', () => {
    const mail = emailOf({}, { tier: null, charge: null })
    expect(mail?.text).toContain('Its price for your plan is charged on November 26, 2026')
  })
})

it('an operator reads what happened, to what, whose it is and what to do', () => {
  const { subject, text } = operatorEmail(TO, {
    key: 'notification:charge.dispute.created:dp_1',
    kind: 'charge.dispute.created',
    objectId: 'dp_1',
    customerId: 'cus_ada',
  })
  expect(subject).toBe('A charge is disputed: dp_1')
  expect(text).toContain('It is about cus_ada.')
  expect(text).toContain('Answer within the days that Stripe names there')
})

it('an operator who reads of a second subscription is led to its customer', () => {
  const { subject, text, link } = operatorEmail(TO, {
    key: 'notification:subscription.duplicate:sub_2',
    kind: 'subscription.duplicate',
    objectId: 'sub_2',
    customerId: 'cus_ada',
  })
  expect(subject).toBe('A customer has a second subscription: sub_2')
  expect(text).toContain('Each of them is charged.')
  expect(link).toBe('https://dashboard.stripe.com/customers/cus_ada')
})

it('words that look like HTML stay words', () => {
  const { html } = operatorEmail(TO, {
    key: 'notification:1',
    kind: 'charge.dispute.created',
    objectId: '<b>',
    customerId: null,
  })
  expect(html).not.toContain('<b>')
})

describe('a first bank debit that came back', () => {
  const session = { tier: GREAT, receipt: { total: { amount: 49_000, currency: 'usd' } } }
  const returned = (hasPlan: boolean) =>
    debitReturnedEmail({ to: TO, session, hasPlan, appUrl: 'https://app.example' })

  it('is reported with the amount, that nothing began, and a way to the plans', () => {
    const mail = returned(false)
    expect(mail.subject).toBe(`Your payment for ${PLANS[GREAT].name} did not arrive`)
    expect(mail.text).toContain(
      `$490.00 for ${PLANS[GREAT].name} was returned by your bank, so ${PLANS[GREAT].name} did not start. You were not charged.`,
    )
    expect(mail.link).toBe('https://app.example/pricing')
  })

  it('to a customer who has a plan by now does not put them on Free', () => {
    const mail = returned(true)
    expect(mail.text).not.toContain('Free')
    expect(mail.link).toBe('https://app.example/settings/billing')
  })
})
