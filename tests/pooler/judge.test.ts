import { expect, test } from 'vitest'
import { inNumbers, judge } from './judge'
import type { Run } from './run'

const GOOD: Run = {
  name: 'as PgBouncer 1.18, 3 backends',
  ...{ answers: new Map([['200', 130]]), deliveries: 130, slowest: 4_000, left: 0, wrong: [] },
  recoveries: [{ fault: '3 backends frozen', ms: 4_100 }],
  visitors: { bought: 5, failed: [] },
}

test('a run that keeps its promises passes', () => {
  expect(failing(GOOD)).toEqual([])
})

const PLANTED: [what: string, run: Run, check: RegExp][] = [
  ['a wedge', { ...GOOD, recoveries: [{ fault: '1 cut', ms: Infinity }] }, /well again/],
  ['eleven seconds', { ...GOOD, recoveries: [{ fault: '1 cut', ms: 11_000 }] }, /well again/],
  ['an answer that does not come', { ...GOOD, slowest: 30_000 }, /no request waits/],
  ['a buyer without a plan', { ...GOOD, visitors: { bought: 4, failed: ['Ana'] } }, /plan/],
  ['a lost event', { ...GOOD, wrong: ['evt_1 is lost.'] }, /lost/],
  ['something left over', { ...GOOD, left: 1 }, /left over/],
]

test.each(PLANTED)('%s is reported, with the pooler that it was behind', (_what, run, check) => {
  expect(failing(run)).toEqual([expect.stringMatching(check)])
  const failed = judge([GOOD, run]).find(({ holds }) => !holds)
  expect(failed?.detail).toContain('PgBouncer 1.18')
})

test('a run in one line says what it cost', () => {
  expect(inNumbers(GOOD)).toBe(
    'as PgBouncer 1.18, 3 backends: 130 deliveries (130 × 200), 1 faults, well again after 4.1 s (median) and 4.1 s (worst), slowest answer 4.0 s, 5 bought',
  )
})

function failing(run: Run): string[] {
  return judge([run]).flatMap(({ name, holds }) => (holds ? [] : [name]))
}
