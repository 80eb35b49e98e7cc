import { expect, it } from 'vitest'
import type { MovementTotal } from '@/db/queries/revenue'
import { bridge } from './bridge'

const total = (over: Partial<MovementTotal>): MovementTotal => ({
  month: '2027-01-01',
  cohort: '2027-01-01',
  currency: 'usd',
  kind: 'new',
  planBefore: '',
  planAfter: 'pro',
  cause: '',
  customers: 2,
  before: 0,
  after: 3800,
  ...over,
})
const TOTALS = [
  total({}),
  total({ currency: 'eur', after: 9900 }),
  total({
    ...{ month: '2027-02-01', kind: 'expansion', planBefore: 'pro', planAfter: 'studio' },
    ...{ customers: 1, before: 1900, after: 4900 },
  }),
  total({
    ...{ month: '2027-03-01', kind: 'churn', planBefore: 'pro', planAfter: '' },
    ...{ customers: 1, before: 1900, after: 0 },
  }),
]
const months = ['2027-02-01', '2027-03-01']
const closings = (currency: string, plan: string | null) =>
  bridge(TOTALS, { currency, plan, months }).map(({ closing }) => closing)

it('what stood before the first month is its beginning', () => {
  const [first] = bridge(TOTALS, { currency: 'usd', plan: null, months })
  expect(first?.opening).toEqual({ amount: 3800, customers: 2 })
  expect(first?.steps.expansion).toEqual({ amount: 3000, customers: 1 })
})

it('currencies are never added', () => {
  expect(closings('usd', null)).toEqual([
    { amount: 6800, customers: 2 },
    { amount: 4900, customers: 1 },
  ])
  expect(closings('eur', null)).toEqual([
    { amount: 9900, customers: 2 },
    { amount: 9900, customers: 2 },
  ])
})

it('of one plan, who changed plans came from another one or went to another one with all they are worth', () => {
  const [pro] = bridge(TOTALS, { currency: 'usd', plan: 'pro', months })
  expect(pro?.steps.out).toEqual({ amount: -1900, customers: 1 })
  const [studio] = bridge(TOTALS, { currency: 'usd', plan: 'studio', months })
  expect(studio?.steps.in).toEqual({ amount: 4900, customers: 1 })
  expect(closings('usd', 'pro').at(-1)).toEqual({ amount: 0, customers: 0 })
})
