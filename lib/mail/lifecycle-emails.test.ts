import { describe, expect, it } from 'vitest'
import { BRAND } from '@/lib/brand'
import { FREE, PLANS } from '@/lib/catalog/plans'
import { GREAT, SMALL } from '@/lib/catalog/tiers.fixture'
import type { Money } from '@/lib/money'
import { day, NOW } from '@/lib/sync/rows.fixture'
import { accountDeletedEmail } from './account-deleted-email'
import { cancellationEmail } from './cancellation-email'
import { cardExpiringEmail } from './card-expiring-email'
import { BILLING_URL, TO } from './emails.fixture'
import { type PaidInvoice, paidEmail } from './paid-email'
import { pendingDebitEmail } from './pending-debit-email'
import { planChangedEmail, planChangesEmail } from './plan-change-emails'
import { yearlyRenewalEmail } from './yearly-renewal-email'

const plan = PLANS[SMALL].name
const great = PLANS[GREAT].name
const usd = (amount: number) => ({ amount, currency: 'usd' })

describe('a payment that arrived', () => {
  const paid = (over: Partial<PaidInvoice> = {}) =>
    paidEmail({
      to: TO,
      about: 'first',
      plan,
      paid: usd(1520),
      paidAt: NOW,
      carried: usd(0),
      tookDays: false,
      renewsAt: day(30),
      endsAt: null,
      billingUrl: BILLING_URL,
      ...over,
    })

  it('first for a plan welcomes, and is a receipt with the amount that was paid', () => {
    const mail = paid()
    expect(mail.subject).toBe(`Welcome to ${plan}: your receipt for $15.20`)
    expect(mail.text).toBe(
      [
        `You paid $15.20 for ${plan} on November 23, 2026, and ${plan} is on.`,
        'It renews on December 23, 2026, unless you cancel before, on your billing page.',
        `See your plan and your receipt:\n${BILLING_URL}\n`,
      ].join('\n\n'),
    )
  })

  it('days later from a bank says that it arrived', () => {
    const mail = paid({ tookDays: true })
    expect(mail.subject).toBe(`Welcome to ${plan}: your $15.20 arrived`)
    expect(mail.text).toContain(`$15.20 for ${plan} arrived from your bank on November 23, 2026`)
  })

  it('over nothing names no amount', () => {
    const mail = paid({ paid: usd(0) })
    expect(mail.subject).toBe(`Welcome to ${plan}`)
    expect(mail.text).toContain('nothing was charged for it')
    expect(mail.text).not.toContain('$')
  })

  it('for a plan that is to end names that day, and no renewal', () => {
    const { text } = paid({ endsAt: day(30) })
    expect(text).toContain('It is set to end on December 23, 2026.')
    expect(text).not.toContain('renews')
  })

  it('after it had failed says that it is done, in yen without decimals', () => {
    const mail = paid({ about: 'recovered', paid: { amount: 1900, currency: 'jpy' } })
    expect(mail.subject).toBe(`¥1,900 for ${plan} is paid, and your plan goes on`)
    expect(mail.text).toContain('could not be charged before')
  })

  it('for a price that our records do not know is not given a name', () => {
    expect(paid({ plan: null }).subject).toBe('Welcome to your plan: your receipt for $15.20')
  })
})

describe('a bank debit that is on its way', () => {
  const pending = (isOn: boolean) =>
    pendingDebitEmail({ to: TO, tier: SMALL, amount: usd(1900), isOn, billingUrl: BILLING_URL })

  it('says the amount, that it takes days, and when the plan starts', () => {
    const mail = pending(false)
    expect(mail.subject).toBe(`Your payment for ${plan} is on its way`)
    expect(mail.text).toContain(`Your bank has the order to pay $19.00 for ${plan}.`)
    expect(mail.text).toContain('The plan starts when the money arrives.')
    expect(mail.text).not.toMatch(/\bpaid\b/)
  })

  it('for a plan that is on meanwhile says that', () => {
    expect(pending(true).text).toContain('The plan is on meanwhile.')
  })
})

describe('a cancellation', () => {
  const active = { status: 'active', endedAt: null, cancelAt: day(20) } as const
  const canceled = (over: object = {}, hasOther = false, due: Money | null = null) =>
    cancellationEmail({
      to: TO,
      plan,
      subscription: { ...active, ...over },
      ...{ hasOther, due },
      billingUrl: BILLING_URL,
    })

  it('is confirmed with the day, what follows, and how to keep the plan', () => {
    const mail = canceled()
    expect(mail?.subject).toBe(`${plan} is canceled and ends on December 13, 2026`)
    expect(mail?.text).toContain('It stays on until December 13, 2026 and does not renew.')
    expect(mail?.text).toContain(`After that, ${FREE.name} applies, and your data is kept.`)
    expect(mail?.link).toBe(BILLING_URL)
  })

  it('while a payment is open promises neither the plan nor that nothing is asked for', () => {
    const { text = '' } = canceled({ status: 'past_due' }) ?? {}
    expect(text).toContain('What is open until then is still asked for.')
    expect(text).not.toContain('stays on')
  })

  it('in the hour after a renewal says that the period that has begun is still charged', () => {
    const { text = '' } = canceled({}, false, usd(1900)) ?? {}
    expect(text).toContain('$19.00 that is billed already is still charged, and nothing after it.')
  })

  it('beside another plan does not put them on Free', () => {
    expect(canceled({}, true)?.text).toContain('Your other plan goes on as it is.')
  })

  it.each([
    ['was taken back', { cancelAt: null }],
    ['is over', { endedAt: day(-1) }],
  ])('that %s makes no email', (_, over) => {
    expect(canceled(over)).toBeNull()
  })
})

describe('a change of plan', () => {
  const bought = { tier: GREAT, interval: 'year', quantity: 1 } as const
  const nothing = { paid: null, carried: null, next: null, endsAt: null }
  const changed = { to: TO, ...bought, ...nothing, renews: false }

  it('says what was charged for it, and what is charged next', () => {
    const { subject, text } = planChangedEmail({
      ...changed,
      paid: { amount: usd(12_345), at: NOW },
      next: { amount: usd(39_200), at: day(365), isDrafted: false },
      billingUrl: BILLING_URL,
    })
    expect(subject).toBe(`Your plan is now ${great}, billed yearly`)
    expect(text).toContain('$123.45 was charged for the change on November 23, 2026.')
    expect(text).toContain('The next charge is $392.00 on November 23, 2027.')
  })

  it('too little to be charged is a debt that comes with the next invoice, in every email about it', () => {
    const says = '$0.20 is too little to be charged by itself: it is added to your next invoice.'
    const carried = usd(20)
    const changes = planChangedEmail({ ...changed, carried, billingUrl: BILLING_URL })
    const began = paidEmail({
      ...{ to: TO, about: 'first', plan, paid: usd(0), carried, paidAt: NOW, tookDays: false },
      ...{ renewsAt: day(30), endsAt: null, billingUrl: BILLING_URL },
    })
    const renews = yearlyRenewalEmail({
      span: 'a year',
      ...{ to: TO, plan, charge: usd(0), carried, at: day(30), billingUrl: BILLING_URL },
    })
    for (const { text } of [changes, began, renews]) {
      expect(text).toContain(says)
      expect(text).not.toContain('credit')
    }
  })

  it('that cost nothing says so, and one of several names how many', () => {
    const { subject, text } = planChangedEmail({
      ...changed,
      quantity: 3,
      endsAt: day(3),
      billingUrl: BILLING_URL,
    })
    expect(subject).toBe(`Your plan is now 3 × ${great}, billed yearly`)
    expect(text).toContain('Nothing was charged for the change.')
    expect(text).toContain('It is set to end on November 26, 2026.')
  })

  it('that began with a renewal names what is charged for it, also where it is to end after that', () => {
    for (const endsAt of [null, day(30)]) {
      const { text } = planChangedEmail({
        ...{ ...changed, renews: true, endsAt },
        next: { amount: usd(1900), at: NOW, isDrafted: true },
        billingUrl: BILLING_URL,
      })
      expect(text).toContain('The next charge is $19.00 on November 23, 2026.')
      expect(text).not.toContain('Nothing was charged')
    }
  })

  it('that is planned says from when, what is charged then, and that it can be undone', () => {
    const coming = { to: TO, ...bought, interval: 'month', at: day(20) } as const
    const mail = planChangesEmail({ ...coming, charge: usd(1500), billingUrl: BILLING_URL })
    expect(mail.subject).toBe(`Your plan changes to ${great}, billed monthly on December 13, 2026`)
    expect(mail.text).toContain('and $15.00 is charged on that day. Until then it stays as it is.')
    expect(mail.text).toContain('you can undo the change')
    const unknown = planChangesEmail({ ...coming, charge: null, billingUrl: BILLING_URL })
    expect(unknown.text).not.toContain('charged')
  })
})

describe('a reminder', () => {
  it('of a year names the amount of the preview, the day, and how not to', () => {
    const year = {
      to: TO,
      plan,
      span: 'a year',
      carried: usd(0),
      at: day(30),
      billingUrl: BILLING_URL,
    }
    const mail = yearlyRenewalEmail({ ...year, charge: usd(15_200) })
    expect(mail.subject).toBe(`${plan} renews for a year on December 23, 2026`)
    expect(mail.text).toContain(`$152.00 for a year of ${plan} is charged on December 23, 2026.`)
    expect(mail.text).toContain('If you cancel before, nothing is charged')
    expect(yearlyRenewalEmail({ ...year, charge: usd(0) }).text).not.toContain('$')
    const two = yearlyRenewalEmail({ ...year, span: '2 years', charge: usd(34_000) })
    expect(two.subject).toBe(`${plan} renews for 2 years on December 23, 2026`)
    expect(two.text).toContain(`$340.00 for 2 years of ${plan} is charged on December 23, 2026.`)
    const free = yearlyRenewalEmail({ ...year, span: '2 years', charge: usd(0) })
    expect(free.text).toContain(`${plan} renews for 2 years on`)
    expect(two.html + two.text + free.html + free.text).not.toContain('a year')
  })

  it('of a card names it, its last day, and when it is charged next', () => {
    const card = { brand: 'visa', last4: '4242', expiresAt: new Date('2026-12-01T00:00:00Z') }
    const given = { to: TO, card, billingUrl: BILLING_URL }
    const mail = cardExpiringEmail({ ...given, chargedAt: day(20) })
    expect(mail.subject).toBe('Your card Visa •••• 4242 expires on November 30, 2026')
    expect(mail.text).toContain('The next charge is on December 13, 2026.')
    expect(cardExpiringEmail({ ...given, chargedAt: null }).text).not.toContain('December')
  })
})

describe('a deleted account', () => {
  it('is confirmed with what ended, what is erased and what stays', () => {
    const given = { to: TO, deletedAt: NOW, appUrl: 'https://app.example' }
    const mail = accountDeletedEmail({ ...given, plan })
    expect(mail.subject).toBe(`Your ${BRAND.name} account is deleted`)
    expect(mail.text).toContain('Your account was deleted on November 23, 2026, as you asked.')
    expect(mail.text).toContain(`${plan} ended with it, and nothing more is charged.`)
    expect(mail.text).toContain('What was paid stays in the accounts')
    expect(accountDeletedEmail({ ...given, plan: null }).text).not.toContain(plan)
  })
})
