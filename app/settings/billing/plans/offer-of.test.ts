import { expect, test } from 'vitest'
import { BASIC } from '@/app/dev/states/subscribers'
import { ENTRY_PLAN, TOP_PLAN } from '@/lib/catalog/plans'
import { offerOf } from './offer-of'

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
