import { expect, test } from 'vitest'
import { LocalWindows } from './local-windows'

test('a window opens at its first hit and ends on time', () => {
  const windows = new LocalWindows()
  expect(windows.hit('a', 10, 0)).toEqual({ count: 1, secondsLeft: 10 })
  expect(windows.hit('a', 10, 9_999)).toEqual({ count: 2, secondsLeft: 1 })
  expect(windows.hit('a', 10, 10_000)).toEqual({ count: 1, secondsLeft: 10 })
})

test('a great number of unknown addresses push out what is over first, then the oldest', () => {
  const windows = new LocalWindows()
  windows.hit('over', 1, 0)
  windows.hit('oldest', 60, 1_500)
  for (let at = 0; at < 9_999; at++) windows.hit(`unknown-${at}`, 60, 2_000)
  expect(windows.hit('oldest', 60, 3_000).count).toBe(2)
  windows.hit('one more', 60, 3_000)
  expect(windows.hit('unknown-9998', 60, 3_000).count).toBe(2)
  expect(windows.hit('oldest', 60, 3_000).count).toBe(1)
})
