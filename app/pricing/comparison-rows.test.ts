import { expect, test } from 'vitest'
import { FEATURES } from '@/lib/catalog/features'
import { PLANS } from '@/lib/catalog/plans'
import { GREAT, SMALL } from '@/lib/catalog/tiers.fixture'
import { COMPARISON } from './comparison-rows'

const rows = COMPARISON.flatMap((group) => group.rows)

test('every feature of the catalog has a row that says what it means', () => {
  for (const { name, definition } of Object.values(FEATURES)) {
    expect(rows.find((row) => row.name === name)?.definition).toBe(definition)
  }
})

test('a plan is said to include what it includes', () => {
  const row = rows.find(({ name }) => name === FEATURES.api_access.name)
  expect([PLANS.free, PLANS[SMALL], PLANS[GREAT]].map((plan) => row?.value(plan))).toEqual([
    false,
    false,
    true,
  ])
})

test('Free costs nothing in both intervals', () => {
  for (const name of ['Monthly', 'Yearly']) {
    expect(rows.find((row) => row.name === name)?.value(PLANS.free)).toEqual({
      amount: 0,
      currency: 'usd',
    })
  }
})
