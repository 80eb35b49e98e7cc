import { expect, test } from 'vitest'
import { planWithFeature } from '@/lib/catalog/plan-with-feature'
import { PLANS } from '@/lib/catalog/plans'
import { GREAT, SMALL } from '@/lib/catalog/tiers.fixture'
import { Forbidden, PlanRequired, Unavailable } from '@/lib/errors'
import { day, entitlement, NOW, override, row } from '@/lib/sync/rows.fixture'
import { allows, answerOf, type Entitlements } from './answer'
import { demand } from './require-feature'

const NOTHING = { entitlement: null, overrides: [], subscriptions: [] }
const SUBSCRIBED = { entitlement: entitlement(), overrides: [], subscriptions: [row()] }
const ONLY_GREAT = PLANS[GREAT].features.find((one) => !PLANS[SMALL].features.includes(one))
const [BOTH] = PLANS[SMALL].features
if (!ONLY_GREAT || !BOTH) throw new Error('The catalog has no feature to test with.')
const LEAST = planWithFeature(ONLY_GREAT)?.tier

const withhold = { kind: 'feature', name: BOTH, effect: 'withhold', tier: null } as const

function refusal(of: Entitlements, feature = ONLY_GREAT ?? BOTH): unknown {
  try {
    demand(of, feature ?? expect.unreachable())
  } catch (error) {
    return error
  }
  return null
}

test('a user who never bought has what is free, and is shown the least plan with the feature', () => {
  const free = answerOf(NOTHING, NOW)
  expect(free).toMatchObject({ tier: 'free', access: 'none', features: [], fence: 0 })
  const [error, greater] = [refusal(free, BOTH), refusal(free)]
  expect(error).toBeInstanceOf(PlanRequired)
  expect(error).toMatchObject({
    code: 'payment_required',
    reason: 'plan_required',
    needs: { feature: BOTH, plan: SMALL, planName: PLANS[SMALL].name },
  })
  expect(greater).toMatchObject({ needs: { feature: ONLY_GREAT, plan: LEAST } })
})

test('a subscriber passes with what the plan has, and with nothing else', () => {
  const current = answerOf(SUBSCRIBED, NOW)
  expect(refusal(current, BOTH)).toBeNull()
  expect(refusal(current)).toBeInstanceOf(PlanRequired)
})

test('a user whose plan with it is not paid is shown what it waits for, and not to buy another', () => {
  const unpaid = row({ status: 'unpaid', tier: GREAT })
  const stored = entitlement({
    ...{ tier: 'free', earnedTier: 'free', status: 'unpaid' },
    access: 'none',
  })
  const current = answerOf({ entitlement: stored, overrides: [], subscriptions: [unpaid] }, NOW)
  expect(refusal(current)).toMatchObject({
    ...{ code: 'payment_required', reason: 'plan_not_active' },
    needs: { feature: ONLY_GREAT, plan: GREAT },
  })
  const ended = { ...unpaid, status: 'canceled' } as const
  const gone = answerOf({ entitlement: stored, overrides: [], subscriptions: [ended] }, NOW)
  expect(refusal(gone, BOTH)).toMatchObject({ reason: 'plan_required', needs: { plan: SMALL } })
})

test('access is decided against its end at the instant of the question', () => {
  const ending = { ...SUBSCRIBED, subscriptions: [row({ cancelAt: day(1) })] }
  const rows = { ...ending, entitlement: entitlement({ validUntil: day(1) }) }
  expect(refusal(answerOf(rows, new Date(day(1).getTime() - 1)), BOTH)).toBeNull()
  expect(refusal(answerOf(rows, day(1)), BOTH)).toBeInstanceOf(PlanRequired)
})

test('a plan that loses a feature in the catalog loses it at once, whatever was stored', () => {
  const stored = entitlement({ features: [...PLANS[GREAT].features] })
  expect(answerOf({ ...SUBSCRIBED, entitlement: stored }, NOW).features).toEqual([
    ...PLANS[SMALL].features,
  ])
})

test('what an operator withholds is forbidden, and no plan is offered for it', () => {
  const current = answerOf({ ...SUBSCRIBED, overrides: [override(withhold)] }, NOW)
  const error = refusal(current, BOTH)
  expect(error).toBeInstanceOf(Forbidden)
  expect(error).toMatchObject({ reason: 'feature_withheld' })
})

test('while Postgres is away the last answer says yes, and its no says only that it is not known', () => {
  const known: Entitlements = { ...answerOf(SUBSCRIBED, NOW), source: 'last_known' }
  expect(allows(known, BOTH)).toBe(true)
  expect(() => allows(known, ONLY_GREAT)).toThrow(Unavailable)
})
