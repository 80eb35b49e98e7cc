import { describe, expect, test } from 'vitest'
import { STATES } from '@/app/dev/states/fixtures'
import { statusWord } from './status-words'
import { summaryRows } from './summary-rows'

const billing = (name: string) => {
  const found = STATES.find((each) => each.name === name)
  if (!found) throw new Error(`There is no state named ${name}.`)
  return found.billing
}
const labels = (name: string) => summaryRows(billing(name)).map(({ label }) => label)

describe('the receipt of a plan', () => {
  test('an active plan renews, an ending one ends', () => {
    expect(labels('active')).toContain('Renews on')
    expect(labels('active, ending')).toContain('Ends on')
    expect(labels('active, ending')).not.toContain('Renews on')
  })

  test('a late plan says since when, and until when it stays on', () => {
    expect(labels('past_due, in grace')).toEqual(
      expect.arrayContaining(['Payment due since', 'Stays on until']),
    )
    expect(labels('past_due, grace over')).not.toContain('Stays on until')
  })

  test('a late plan that is set to end before stays on until then', () => {
    const end = new Date('2026-11-30T00:00:00Z')
    const late = { ...billing('past_due, in grace'), cancelAt: end, isCanceling: true }
    expect(summaryRows(late)).toContainEqual({ label: 'Stays on until', value: end })
  })

  test('a trial is charged at its end, or ends, where there is no card and it would pause', () => {
    expect(labels('trialing')).toContain('First charge on')
    expect(labels('trialing, without a card')).toContain('First charge on')
    expect(labels('trialing, without a card, and paused at its end')).toContain('Trial ends on')
  })

  test('a plan that is off says that the limits of Free apply', () => {
    for (const name of ['unpaid', 'paused', 'incomplete'])
      expect(labels(name)).toContain('Access for now')
  })

  test('a plan that ended costs nothing', () => {
    expect(summaryRows(billing('canceled'))[0]).toEqual({
      label: 'Price',
      value: { amount: 0, currency: 'usd' },
    })
  })
})

test('a plan whose first payment never came is not called one that ended, whatever Stripe says of it', () => {
  const endedAt = new Date('2026-11-07')
  const ended = (name: string) =>
    summaryRows({ ...billing(name), endedAt }).map(({ label }) => label)
  expect(ended('canceled')).toContain('Last plan ended on')
  expect(ended('incomplete_expired')).not.toContain('Last plan ended on')
  const never = 'canceled: it never began, because the first payment did not arrive'
  expect(ended(never)).not.toContain('Last plan ended on')
})

test('what was paid for, while nothing is charged, is over or not', () => {
  expect(labels('active, collection paused until a day')).toContain('Paid until')
  expect(labels('active, collection paused, and what was paid for is over')).toContain(
    'Was paid until',
  )
})

describe('the word of a status', () => {
  test('a plan that is not charged is paused, whatever Stripe’s status says', () => {
    expect(statusWord(billing('active, collection paused until a day')).word).toBe('Paused')
  })

  test('an ending plan says so, a late one stays late', () => {
    expect(statusWord(billing('active')).word).toBe('Active')
    expect(statusWord(billing('active, ending')).word).toBe('Ending')
    expect(statusWord(billing('past_due, in grace, ending, limit reached')).word).toBe(
      'Payment failed',
    )
  })
})

test('a price of three months is said as that, and not as a month', () => {
  const quarterly = { ...billing('active'), interval: null, recurrence: 'every 3 months' }
  expect(summaryRows(quarterly)).toContainEqual({ label: 'Billed', value: 'Every 3 months' })
})
