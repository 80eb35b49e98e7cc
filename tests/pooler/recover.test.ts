import { expect, test } from 'vitest'
import { startOfStreak } from './recover'

const good = (n: number) => Array.from({ length: n }, () => true)

test.each([
  ['nothing was asked yet', [], null],
  ['too few are answered', good(14), null],
  ['all are answered', good(15), 0],
  ['they are after a failure', [true, false, ...good(15)], 2],
  ['the last one failed', [...good(20), false], null],
  ['an early one is still asked', [undefined, ...good(20)], null],
  ['a later one is still asked', [false, ...good(15), undefined], 1],
])('all is well again when fifteen in a row are answered: %s', (_, answers, first) => {
  expect(startOfStreak(answers)).toBe(first)
})
