import { describe, expect, it } from 'vitest'
import { pageFacts } from '@/sandbox/test/pages/page-facts'
import { NOW, samplePortal, sampleSubscription } from '@/sandbox/test/pages/sample-views'
import { cancelPage } from './cancel-page'
import { confirmPage } from './confirm-page'
import { detailsPage } from './details-page'
import { homePage } from './home'
import { updatePage } from './update-page'

const DAY = 86_400

describe('the portal', () => {
  it('shows the plan, its price, its state and when it renews', () => {
    const facts = pageFacts(homePage(samplePortal(), 't'))
    expect(facts.headings).toEqual([
      'Billing',
      'Current subscription',
      'Pro Active',
      'Payment method',
      'Billing information',
      'Invoice history',
    ])
    expect(facts.text).toContain('$19.00 per month Renews on December 23, 2026.')
    expect(facts.text).toContain('Visa ending in 4242')
    expect(facts.links).toMatchObject({
      'Return to Ledgerline': 'http://localhost:3000/settings/billing',
      'Invoice LL7A2F-0002': '/i/in_2',
    })
  })

  it('offers to update and to cancel, or to take a cancellation back', () => {
    expect(pageFacts(homePage(samplePortal(), 't')).buttons).toEqual([
      'Update subscription',
      'Cancel subscription',
      'Update payment method',
      'Edit billing information',
    ])
    const ending = sampleSubscription({ cancelAt: NOW + 30 * DAY })
    const facts = pageFacts(homePage(samplePortal({ subscriptions: [ending] }), 't'))
    expect(facts.buttons).toContain("Don't cancel subscription")
    expect(facts.buttons).not.toContain('Cancel subscription')
    expect(facts.text).toContain('Your subscription ends on December 23, 2026.')
  })

  it.each([
    ['trialing', 'Trial', 'Your trial ends on'],
    ['past_due', 'Past due', 'The last payment did not go through.'],
    ['unpaid', 'Unpaid', 'The last payment did not go through.'],
    ['paused', 'Paused', 'Nothing is charged until you resume it.'],
    ['incomplete', 'Incomplete', 'The first payment is not finished yet.'],
  ])('says %s in words', (status, word, sentence) => {
    const { text } = pageFacts(
      homePage(samplePortal({ subscriptions: [sampleSubscription({ status })] }), 't'),
    )
    expect(text).toContain(`Pro ${word}`)
    expect(text).toContain(sentence)
  })

  it('offers nothing that its configuration switches off', () => {
    const off = { enabled: false, allowed: [] }
    const cancel = { enabled: false, mode: 'at_period_end' as const, reasons: [] }
    const features = {
      cancel,
      changePlan: false,
      pause: false,
      paymentMethod: false,
      invoices: false,
      customerUpdate: off,
    }
    const facts = pageFacts(homePage(samplePortal({ features }), 't'))
    expect(facts.buttons).toEqual([])
    expect(facts.headings).not.toContain('Invoice history')
  })

  it('says what canceling does before it is done', () => {
    const facts = pageFacts(
      cancelPage(samplePortal(), 't', sampleSubscription(), { back: '/back' }),
    )
    expect(facts.text).toContain(
      'You keep Pro until December 23, 2026. Then it ends and you are not charged again.',
    )
    expect(facts.choices).toContain('It is too expensive')
    expect(facts.buttons).toEqual(['Cancel subscription'])
    expect(facts.links['Go back']).toBe('/back')
  })

  it('offers plans by interval, the current one marked', () => {
    const update = (interval: string | null) =>
      pageFacts(updatePage(samplePortal(), 't', sampleSubscription(), { interval, back: '/' }))
    expect(update(null).choices).toEqual([
      'Pro $19.00 per month Your current plan',
      'Studio $49.00 per month',
    ])
    expect(update('Yearly').choices).toEqual(['Pro $190.00 per year', 'Studio $490.00 per year'])
    expect(update('nonsense').choices).toEqual(update(null).choices)
    expect(update(null).buttons).toEqual(['Continue'])
  })

  it('shows each line of a change and what is due today before it asks to confirm', () => {
    const subscription = sampleSubscription()
    const [, plan] = subscription.choices
    if (!plan) throw new Error('The sample has a second choice.')
    const preview = {
      quantity: 1,
      prorationDate: NOW,
      amountDue: 3000,
      total: 3000,
      carried: 0,
      currency: 'usd',
      lines: [
        { description: 'Unused time on Pro', amount: -1900 },
        { description: 'Remaining time on Studio', amount: 4900 },
      ],
      plan,
      nextAmount: 4900,
      nextBillingAt: NOW + 30 * DAY,
      waits: false,
    }
    const facts = pageFacts(confirmPage(samplePortal(), 't', subscription, preview, { back: '/' }))
    expect(facts.text).toContain(
      'Unused time on Pro −$19.00 Remaining time on Studio $49.00 Amount due today $30.00',
    )
    expect(facts.text).toContain('Charged to Visa ending in 4242.')
    expect(facts.buttons).toEqual(['Confirm'])
    const credit = { ...preview, total: -500, amountDue: 0 }
    expect(
      pageFacts(confirmPage(samplePortal(), 't', subscription, credit, { back: '/' })).text,
    ).toContain('$5.00 stays as credit for your next invoices.')
    const little = { ...preview, total: 20, amountDue: 0, carried: 20 }
    expect(
      pageFacts(confirmPage(samplePortal(), 't', subscription, little, { back: '/' })).text,
    ).toContain('$0.20 is too little to charge, and is added to your next invoice.')
  })

  it('lets a customer edit only what is allowed', () => {
    const facts = pageFacts(detailsPage(samplePortal(), 't', { back: '/' }))
    expect(facts.field('Email')).toMatchObject({ value: 'ana@example.test' })
    expect(facts.field('Address line 1')).not.toBeNull()
    expect(facts.field('Phone')).toBeNull()
  })
})
