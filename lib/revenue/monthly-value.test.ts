import { describe, expect, it } from 'vitest'
import type { DiscountTerms } from '@/lib/stripe/applied-discount'
import { day, item, NOW, snapshot } from '@/lib/sync/rows.fixture'
import { monthlyValue } from './monthly-value'

const NONE = new Map<string, DiscountTerms>()
const worth = (over: Parameters<typeof snapshot>[0], at = NOW) =>
  monthlyValue(snapshot(over), at, NONE)
const discount = (terms: Partial<DiscountTerms>) => ({
  id: 'di_1',
  terms: { duration: 'forever' as const, end: null, percentOff: null, amountOff: null, ...terms },
})

describe('what a subscription is worth a month', () => {
  it('is the price of a month, times its quantity', () => {
    expect(worth({ items: [item({ exactAmount: 1900, quantity: 3 })] })).toBe(5700)
  })

  it('is a twelfth of a year’s price, rounded once at the end', () => {
    const yearly = item({ exactAmount: 19_000, interval: 'year' })
    expect(worth({ items: [yearly] })).toBe(1583)
    expect(worth({ items: [yearly, { ...yearly, id: 'si_2' }] })).toBe(3167)
  })

  it('is a third of a quarter’s price, and 52 twelfths of a week’s', () => {
    expect(worth({ items: [item({ exactAmount: 6000, intervalCount: 3 })] })).toBe(2000)
    expect(worth({ items: [item({ exactAmount: 1200, interval: 'week' })] })).toBe(5200)
  })

  it('counts what is overdue, and one that is to end later', () => {
    expect(worth({ status: 'past_due' })).toBe(1900)
    expect(worth({ cancelAtPeriodEnd: true, cancelAt: day(20) })).toBe(1900)
  })

  it.each([
    ...(['trialing', 'incomplete', 'incomplete_expired', 'unpaid', 'paused', 'canceled'] as const),
    'unknown' as const,
  ])('is nothing while it is %s', (status) => {
    expect(worth({ status })).toBe(0)
  })

  it('is nothing while its collection is paused', () => {
    expect(worth({ pauseCollection: { resumesAt: null } })).toBe(0)
  })

  it('leaves out what is metered or has tiers', () => {
    expect(worth({ items: [item(), item({ id: 'si_2', exactAmount: null })] })).toBe(1900)
  })

  it('takes off a discount that lasts, not one for once', () => {
    expect(worth({ discounts: [discount({ percentOff: 25 })] })).toBe(1425)
    expect(worth({ discounts: [discount({ amountOff: 500 })] })).toBe(1400)
    expect(worth({ discounts: [discount({ duration: 'once', percentOff: 25 })] })).toBe(1900)
  })

  it('takes off a discount that repeats until it ends', () => {
    const discounts = [discount({ duration: 'repeating', percentOff: 50, end: day(5) })]
    expect(worth({ discounts }, day(4))).toBe(950)
    expect(worth({ discounts }, day(5))).toBe(1900)
  })

  it('spreads an amount off a year’s invoice over its months, and is never below nothing', () => {
    const yearly = [item({ exactAmount: 19_000, interval: 'year' })]
    expect(worth({ items: yearly, discounts: [discount({ amountOff: 1200 })] })).toBe(1483)
    expect(worth({ discounts: [discount({ amountOff: 9900 })] })).toBe(0)
  })

  it('knows a discount that an event only names by what the read showed of it', () => {
    const terms = { duration: 'forever' as const, end: null, percentOff: 10, amountOff: null }
    const named = snapshot({ discounts: [{ id: 'di_1', terms: null }] })
    expect(monthlyValue(named, NOW, new Map([['di_1', terms]]))).toBe(1710)
    expect(monthlyValue(named, NOW, NONE)).toBe(1900)
  })
})
