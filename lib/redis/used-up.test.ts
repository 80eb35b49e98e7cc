import { expect, test } from 'vitest'
import { UsedUp } from './used-up'

test('a window is used up until it ends', () => {
  const usedUp = new UsedUp()
  expect(usedUp.secondsLeft('a', 0)).toBeNull()
  usedUp.note('a', 2, 1_000)
  expect(usedUp.secondsLeft('a', 1_500)).toBe(2)
  expect(usedUp.secondsLeft('a', 2_001)).toBe(1)
  expect(usedUp.secondsLeft('a', 3_000)).toBeNull()
  expect(usedUp.secondsLeft('b', 1_500)).toBeNull()
})

test('unknown clients cannot fill the memory of a process: the oldest is forgotten', () => {
  const usedUp = new UsedUp()
  for (let n = 0; n <= 10_000; n += 1) usedUp.note(`key ${n}`, 60, 0)
  expect(usedUp.secondsLeft('key 0', 0)).toBeNull()
  expect(usedUp.secondsLeft('key 1', 0)).toBe(60)
  expect(usedUp.secondsLeft('key 10000', 0)).toBe(60)
})
