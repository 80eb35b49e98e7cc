import { describe, expect, test } from 'vitest'
import { STATES } from '@/app/dev/states/fixtures'
import { goes, paidPeriod } from './what-goes'

const billing = (name: string) => {
  const found = STATES.find((each) => each.name === name)
  if (!found) throw new Error(`There is no state named ${name}.`)
  return found.billing
}

describe('what deleting an account does to a plan', () => {
  test('a paid period is said with its day, with what is lost, and with the way to use it up', () => {
    expect(paidPeriod(billing('active'))).toMatch(
      /ends at once, although it would last until .+ 2026: what is left of it is not paid back\. To use it up, cancel/,
    )
  })

  test('a plan that nothing was paid for in advance just ends', () => {
    expect(paidPeriod(billing('past_due, in grace'))).toMatch(
      /ends at once, and you are not charged again/,
    )
    expect(paidPeriod(billing('unpaid'))).toMatch(/ends at once/)
  })

  test('what is open is said to be what the policy makes of it', () => {
    const late = billing('past_due, in grace')
    expect(goes(late, { openInvoices: 'void', lateMoney: 'refund' }).join()).toContain(
      'is not asked for any more',
    )
    expect(goes(late, { openInvoices: 'leave', lateMoney: 'keep' }).join()).toContain(
      'what is open stays to be paid',
    )
  })

  test('someone without a plan is told of none', () => {
    for (const name of ['Never bought', 'canceled']) {
      expect(paidPeriod(billing(name))).toBeNull()
      expect(goes(billing(name)).join()).not.toContain('plan')
    }
    expect(goes(billing('active')).join()).toContain('Your plan is ended at Stripe')
  })
})
