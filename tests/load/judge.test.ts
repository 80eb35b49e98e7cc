import { expect, test } from 'vitest'
import { judge } from './judge'
import type { Burst, Result } from './run'

const MANY: Burst = {
  ...{ customers: 10, events: 100, deliveries: 130, answers: new Map([['200', 130]]) },
  ...{ sending: 3, draining: 1, latencies: [5, 7], reads: 22, windows: 10, left: 0 },
}
const ONE: Burst = { ...MANY, customers: 1, reads: 3 }
const GOOD: Result = { many: MANY, one: ONE, wrong: [] }

test('a burst that keeps its promises passes', () => {
  expect(failing(GOOD)).toEqual([])
})

const PLANTED: [what: string, result: Result, check: RegExp][] = [
  [
    'an answer that was not 2xx',
    {
      ...GOOD,
      many: {
        ...MANY,
        answers: new Map([
          ['200', 130],
          ['503', 1],
        ]),
      },
    },
    /2xx/,
  ],
  ['an event that waits for ever', { ...GOOD, one: { ...ONE, left: 1 } }, /nothing waits/],
  ['a customer who is not as at Stripe', { ...GOOD, wrong: ['sub_1 is not.'] }, /as at Stripe/],
  ['a read for each event', { ...GOOD, many: { ...MANY, reads: 23 } }, /times a customer/],

  ['a hot customer without a window', { ...GOOD, one: { ...ONE, reads: 4 } }, /one customer/],
]

test.each(PLANTED)('%s is reported', (_what, result, check) => {
  expect(failing(result)).toEqual([expect.stringMatching(check)])
})

function failing(result: Result): string[] {
  return judge(result).flatMap(({ name, holds }) => (holds ? [] : [name]))
}
