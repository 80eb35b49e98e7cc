import { expect, it } from 'vitest'
import type { BridgeMonth } from '@/lib/revenue/bridge'
import { barsOf, SLOT, slotsOf } from './bars'

const NONE = { amount: 0, customers: 0 }
const NOTHING = {
  ...{ new: NONE, reactivation: NONE, in: NONE, expansion: NONE },
  ...{ contraction: NONE, out: NONE, churn: NONE },
}

function month(name: string, came: number): BridgeMonth {
  return {
    month: name,
    opening: NONE,
    closing: { amount: came, customers: 1 },
    steps: { ...NOTHING, new: { amount: came, customers: 1 } },
  }
}

it('the bar of a first month is as wide as any other, and stands at the right end', () => {
  const [bar] = barsOf([month('2026-11', 1900)]).bars
  expect(bar?.x).toBeGreaterThan((slotsOf(1) - 1) * SLOT)
  expect(slotsOf(1)).toBe(12)
})

it('more months than a year have a slot each', () => {
  const months = Array.from({ length: 15 }, (_, n) => month(`m${n}`, 100))
  expect(barsOf(months).bars.map(({ x }) => Math.floor(x / SLOT))).toEqual(months.map((_, n) => n))
})
