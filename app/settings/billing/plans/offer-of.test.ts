import { describe, expect, test } from 'vitest'
import { STATES } from '@/app/dev/states/fixtures'
import { BASIC, BEST, chargeOf, DAY } from '@/app/dev/states/subscribers'
import { isLive } from '@/app/settings/billing/plan-state'
import { ENTRY_PLAN, INTERVALS, PAID_TIERS, TOP_PLAN } from '@/lib/catalog/plans'
import { markOf, offerOf } from './offer-of'

const small = (interval: 'month' | 'year') => ({ tier: ENTRY_PLAN.tier, interval })
const great = (interval: 'month' | 'year') => ({ tier: TOP_PLAN.tier, interval })

test('the plan that a subscriber has is theirs by the interval that they have, and by that alone', () => {
  expect(offerOf(BASIC, small('month')).label).toBeNull()
  expect(offerOf(BASIC, small('year'))).toMatchObject({ label: 'Switch to yearly', primary: true })
})

test('each choice says which way it goes, and when', () => {
  expect(offerOf(BASIC, great('month')).label).toBe(`Upgrade to ${TOP_PLAN.name}`)
  const best = { ...BASIC, plan: TOP_PLAN.tier, tier: TOP_PLAN.tier, interval: 'year' } as const
  expect(offerOf(best, small('year'))).toMatchObject({
    label: `Switch to ${ENTRY_PLAN.name}`,
    note: 'With your next period',
  })
  expect(offerOf(best, great('month'))).toMatchObject({ label: 'Switch to monthly' })
})

test('on a trial nothing is paid for, so nothing waits', () => {
  const trial = { ...BASIC, status: 'trialing' } as const
  expect(offerOf(trial, great('month')).note).toBe('Your trial goes on as it is')
})

const of = (name: string) => {
  const found = STATES.find((each) => each.name === name)
  if (!found) throw new Error(`There is no state named ${name}.`)
  return found.billing
}
const [SMALL, GREAT] = [ENTRY_PLAN.name, TOP_PLAN.name]

describe('a plan that is to end', () => {
  test.each(['active, ending', 'trialing, ending'])(
    '%s: is kept where it stands, and changed after that',
    (name) => {
      const { act, label, note } = offerOf(of(name), small('month'))
      expect([act, label]).toEqual(['keep', `Keep ${SMALL}`])
      expect(note).toMatch(/^Ends on December \d+, 2026$/)
      for (const other of [small('year'), great('month')])
        expect(offerOf(of(name), other)).toMatchObject({
          ...{ act: null, label: null, note: `Keep ${SMALL} first, and then change it` },
        })
    },
  )
})

test.each([
  'active, collection paused until a day',
  'active, collection paused, and what was paid for is over',
  'active, a pause ended in a period that it let pass',
])('%s: is resumed where it stands, and changed after that', (name) => {
  expect(offerOf(of(name), small('month'))).toMatchObject({
    ...{ act: 'billing', label: 'Resume your plan', primary: true },
  })
  for (const other of [small('year'), great('month')])
    expect(offerOf(of(name), other)).toMatchObject({
      ...{ act: null, label: null, note: 'Resume your plan first' },
    })
})

describe('a change that is planned', () => {
  const planned = of('active, a smaller plan is planned')

  test('is taken back at the plan that stands, and said at the one that follows', () => {
    expect(offerOf(planned, great('year'))).toEqual({
      ...{ act: 'undo', label: `Keep ${GREAT}`, primary: true },
      note: `Changes to ${SMALL} on November 23, 2027`,
    })
    expect(offerOf(planned, small('month'))).toMatchObject({
      ...{ act: null, note: 'Planned: begins on November 23, 2027' },
    })
    expect(offerOf(planned, small('year'))).toMatchObject({ act: 'confirm' })
  })

  test('of the interval alone names the interval that is kept', () => {
    const coming = {
      kind: 'planned',
      at: DAY('2027-11-23'),
      tier: TOP_PLAN.tier,
      interval: 'month',
      recurrence: null,
    }
    const shorter = {
      ...BEST,
      next: chargeOf({}, { ...coming, kind: 'planned', interval: 'month' }),
    }
    expect(offerOf(shorter, great('year'))).toMatchObject({
      label: `Keep ${GREAT} yearly`,
      note: 'Changes to monthly on November 23, 2027',
    })
  })
})

test.each([
  'active, an upgrade waits for its payment',
  'active, waiting for the payment of a better plan',
])('%s: leads to the payment, and keeps the plan that is paid for', (name) => {
  expect(offerOf(of(name), great('month'))).toMatchObject({
    ...{ act: 'billing', label: 'See the payment' },
  })
  expect(offerOf(of(name), small('month')).label).toBeNull()
})

test.each([
  ['past_due, in grace', 'Pay what is open'],
  ['past_due, grace over', 'Pay what is open'],
  ['unpaid', 'Pay what is open'],
  ['incomplete', 'Confirm the payment'],
  ['paused', 'Resume your plan'],
  ['A status that Stripe may add one day', 'See your plan'],
])('%s: nothing is changed before this is put right: %s', (name, label) => {
  expect(offerOf(of(name), small('month'))).toMatchObject({ act: 'billing', label })
  for (const other of [small('year'), great('month'), great('year')])
    expect(offerOf(of(name), other)).toMatchObject({ act: null, label: null })
})

test('while a first bank debit is on its way there is nothing to press', () => {
  const state = of('processing: the first bank debit is on its way')
  for (const tier of PAID_TIERS)
    for (const interval of INTERVALS) expect(offerOf(state, { tier, interval }).act).toBeNull()
})

test('a plan that is not sold any more is none of the cards, and is seen to where it stands', () => {
  const gone = { ...BASIC, plan: null }
  for (const tier of PAID_TIERS) {
    expect(markOf(gone, tier)).toBeUndefined()
    expect(offerOf(gone, { tier, interval: 'month' })).toMatchObject({
      ...{ act: 'billing', label: 'See your plan' },
    })
  }
})

test('in no state are two cards marked, and a button always has its words', () => {
  for (const { name, billing } of STATES) {
    const marked = ['free' as const, ...PAID_TIERS].filter((tier) => markOf(billing, tier))
    expect(marked, name).toHaveLength(1)
    if (!isLive(billing)) continue
    for (const tier of PAID_TIERS)
      for (const interval of INTERVALS) {
        const { act, label, note } = offerOf(billing, { tier, interval })
        expect(label !== null, name).toBe(act !== null)
        expect(note, name).not.toBe('')
      }
  }
})

test('a plan that gives nothing for now is still theirs, and is not called current', () => {
  expect(markOf(of('unpaid'), ENTRY_PLAN.tier)).toBe('Your plan')
  expect(markOf(of('past_due, in grace'), ENTRY_PLAN.tier)).toBe('Current plan')
  expect(markOf(of('canceled'), 'free')).toBe('Current plan')
})
