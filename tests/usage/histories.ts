import fc from 'fast-check'
import type { Step } from './paper'

const key = fc.integer({ min: 0, max: 4 })
const units = fc.integer({ min: 1, max: 6 })

const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 5, arbitrary: fc.record({ do: fc.constant('consume' as const), key, units }) },
  { weight: 6, arbitrary: fc.record({ do: fc.constant('reserve' as const), key, units }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('commit' as const), key }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('refund' as const), key }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('expire' as const), key }) },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('plan' as const),
      limit: fc.integer({ min: 0, max: 15 }),
      overage: fc.constantFrom('block' as const, 'block' as const, 'allow' as const),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('next_month' as const) }) },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('buy' as const),
      units,
      months: fc.integer({ min: 1, max: 3 }),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constantFrom('take_back' as const, 'give_back' as const),
      purchase: fc.integer({ min: 0, max: 2 }),
    }),
  },
)

/** A workspace's life: its first limit, when credits are spent, and what happens, one after another. */
export type History = { limit: number; credits: 'after_plan' | 'before_plan'; steps: Step[] }

export const histories: fc.Arbitrary<History> = fc.record({
  limit: fc.integer({ min: 0, max: 15 }),
  credits: fc.constantFrom('after_plan' as const, 'before_plan' as const),
  steps: fc.array(step, { minLength: 1, maxLength: 20 }),
})
