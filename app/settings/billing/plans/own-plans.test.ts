import { describe, expect, test } from 'vitest'
import { BASIC, chargeOf, FREE } from '@/app/dev/states/subscribers'
import { ALL_PLANS, ENTRY_PLAN, PAID_PLANS, type Plan } from '@/lib/catalog/plans'
import { formatMoney } from '@/lib/money'
import { ownNotes, ownPlans, paysInAnother } from './own-plans'

const eur = (amount: number) => ({ amount, currency: 'eur' })
const usd = (amount: number) => ({ amount, currency: 'usd' })
const IN_EUR = Object.fromEntries(
  PAID_PLANS.map(({ tier }, n) => [
    tier,
    { month: eur(1000 * (n + 2)), year: eur(9000 * (n + 2)) },
  ]),
)
const pricesOf = (plans: readonly Plan[]) =>
  plans.map(({ prices }) => prices && [prices.month, prices.year])

describe('the prices that a subscriber is shown', () => {
  test('are the list where they pay it, and where they pay nothing', () => {
    for (const billing of [BASIC, FREE])
      expect(pricesOf(ownPlans(billing, null).plans)).toEqual(pricesOf(ALL_PLANS))
    expect(paysInAnother(BASIC)).toBe(false)
  })

  test('are the older one for what they have, by the interval that they have it in, and the list for the rest', () => {
    const { plans, paysIn } = ownPlans({ ...BASIC, price: usd(900) }, null)
    const [, own, ...rest] = pricesOf(plans)
    expect(own).toEqual([usd(900), ENTRY_PLAN.prices.year])
    expect(rest).toEqual(pricesOf(ALL_PLANS).slice(2))
    expect(paysIn).toBeNull()
  })

  test('are for one of it, where they have several', () => {
    const { month } = ENTRY_PLAN.prices
    const three = { ...BASIC, price: usd(3 * month.amount), quantity: 3 }
    expect(pricesOf(ownPlans(three, null).plans)).toEqual(pricesOf(ALL_PLANS))
    expect(ownNotes(three, ENTRY_PLAN.tier).month).toContain(
      `3 of it: ${formatMoney(three.price)} a month.`,
    )
  })

  test('are in their currency, every one, what is free included', () => {
    const abroad = { ...BASIC, price: eur(1700) }
    expect(paysInAnother(abroad)).toBe(true)
    const { plans, paysIn } = ownPlans(abroad, IN_EUR)
    expect(paysIn).toBeNull()
    expect(new Set(plans.map(({ currency }) => currency))).toEqual(new Set(['eur']))
    expect(pricesOf(plans)[1]).toEqual([eur(1700), eur(18_000)])
  })

  test('are in their currency also once their plan has ended, at what it is sold for now', () => {
    const former = { ...BASIC, status: 'canceled', price: eur(1700) } as const
    expect(paysInAnother(former)).toBe(true)
    const { plans, paysIn } = ownPlans(former, IN_EUR)
    expect(paysIn).toBeNull()
    expect(pricesOf(plans)[1]).toEqual([eur(2000), eur(18_000)])
    expect(ownPlans(former, null)).toEqual({ plans: ALL_PLANS, paysIn: 'eur' })
    // One whose customer is gone at Stripe is bound by nothing, and Checkout sells to them by the list.
    const gone = { ...former, isOfGoneCustomer: true }
    expect(paysInAnother(gone)).toBe(false)
    expect(ownPlans(gone, null)).toEqual({ plans: ALL_PLANS, paysIn: null })
    const home = { ...BASIC, status: 'canceled', price: usd(900) } as const
    expect(pricesOf(ownPlans(home, null).plans)).toEqual(pricesOf(ALL_PLANS))
  })

  test('stay the list where one of them is not known in their currency, which is said', () => {
    const abroad = { ...BASIC, price: eur(1700) }
    for (const listed of [null, {}, { [ENTRY_PLAN.tier]: { month: eur(1) } }])
      expect(ownPlans(abroad, listed)).toEqual({ plans: ALL_PLANS, paysIn: 'eur' })
  })
})

describe('what is said at their own plan', () => {
  test('is nothing where the price says it all', () => {
    expect(ownNotes(BASIC, ENTRY_PLAN.tier)).toEqual({})
    expect(ownNotes(FREE, 'free')).toEqual({})
  })

  test('is what is charged next, where a code, credit or a tax makes it another amount', () => {
    const less = { ...BASIC, next: chargeOf({ due: 1520, total: 1520 }) }
    expect(ownNotes(less, ENTRY_PLAN.tier)).toEqual({
      month: 'Your next charge is $15.20, on December 23, 2026.',
    })
  })

  test('is that an older price is theirs', () => {
    const old = { ...BASIC, price: usd(900), next: { kind: 'unknown' } } as const
    expect(ownNotes(old, ENTRY_PLAN.tier)).toEqual({ month: 'This is the price that you have.' })
  })
})
