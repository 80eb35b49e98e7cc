import { describe, expect, test } from 'vitest'
import type { Activity } from '@/lib/audit/activity'
import { AUDIT_ACTIONS } from '@/lib/audit-action'
import { FACTS } from '@/lib/events/handlers'
import { activityText } from './activity-words'

const row = (action: string, given: Partial<Activity> = {}): Activity => ({
  ...{ key: 'cus_1:1', at: new Date(0), action, who: 'you', after: null },
  ...given,
})
const text = (action: string, after: Record<string, unknown> | null = null) =>
  activityText(row(action, { after })).text

describe('the activity of a workspace', () => {
  test.each([...AUDIT_ACTIONS, ...FACTS.keys()])('has a sentence for %s', (action) => {
    expect(text(action)).toMatch(/^[A-Z].+\.$/)
    expect(text(action)).not.toMatch(/something else was done/i)
  })

  test('names what a sentence can say: plan, day, months and amount', () => {
    expect(text('subscription.change_plan', { tier: 'studio' })).toBe(
      'Your plan changed to Studio.',
    )
    expect(text('subscription.schedule_cancel', { cancelAt: '2026-12-23T00:00:00Z' })).toBe(
      'Your plan is set to end on December 23, 2026.',
    )
    expect(text('subscription.request_pause', { months: 2 })).toBe(
      'Asked to pause the plan for 2 months.',
    )
    const half = { amount: 950, currency: 'usd' }
    expect(text('refund.created', half)).toBe('$9.50 was refunded.')
    expect(text('refund.failed', half)).toBe('A refund of $9.50 did not arrive.')
    expect(text('charge.dispute.created', half)).toBe('A payment was disputed at the bank: $9.50.')
    expect(text('charge.dispute.closed', { ...half, outcome: 'won' })).toBe(
      'The dispute of $9.50 was decided: the payment holds.',
    )
    expect(text('charge.dispute.closed', { ...half, outcome: 'lost' })).toBe(
      'The dispute of $9.50 was decided: the bank gave the money back to you.',
    )
    expect(text('charge.dispute.closed')).toBe('The dispute of a payment was decided.')
    expect(text('subscription.request_cancel_now', { ...half, refund: true })).toBe(
      'Asked to cancel the plan at once, with $9.50 back.',
    )
    expect(text('subscription.request_cancel_now', { refund: false, ...half, amount: 0 })).toBe(
      'Asked to cancel the plan at once.',
    )
    expect(text('console.cancel', { refund: true })).toBe(
      'Asked to end your plan at once, with a refund.',
    )
    expect(text('invoice.request_payment', { amount: 1520, currency: 'usd' })).toBe(
      'Asked to pay $15.20 that was open.',
    )
  })

  test('never shows what is stored as it is stored', () => {
    const odd = {
      tier: '{"a":1}',
      cancelAt: 'soon',
      months: '2',
      outcome: 'settled',
      refund: 'yes',
      amount: '1',
      currency: 'USD',
      x: 'secret',
    }
    for (const action of AUDIT_ACTIONS) expect(text(action, odd)).toBe(text(action))
  })

  test('has words for what another version wrote, and for names that every object has', () => {
    for (const action of ['of.next_year', 'constructor', '__proto__'])
      expect(text(action)).toBe('Something else was done.')
  })
})

describe('who did something', () => {
  test('is you for what you asked for, and Stripe for what it did, in whose visit it ever was seen', () => {
    expect(activityText(row('subscription.request_cancel')).who).toBe('You')
    expect(activityText(row('subscription.renew')).who).toBe('Stripe')
    expect(activityText(row('subscription.renew', { who: 'automatic' })).who).toBe('Stripe')
  })

  test('is support, without a name, for an operator', () => {
    expect(activityText(row('override.grant', { who: 'support' })).who).toBe('Support')
  })
})
