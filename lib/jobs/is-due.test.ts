import { expect, it } from 'vitest'
import { isDue } from './is-due'

it.each([
  ['* * * * *', '2026-11-27T10:42:30Z', true],
  ['7 * * * *', '2026-11-27T10:07:00Z', true],
  ['7 * * * *', '2026-11-27T10:08:00Z', false],
  ['11 0 * * *', '2026-11-27T00:11:59Z', true],
  ['11 0 * * *', '2026-11-27T12:11:00Z', false],
  ['*/15 * * * *', '2026-11-27T10:45:00Z', true],
  ['0 3 * * 1-5', '2026-11-28T03:00:00Z', false],
  ['0 3 * * 7', '2026-11-29T03:00:00Z', true],
  ['0 3 1 * 0', '2026-11-29T03:00:00Z', true],
  ['0 3 1 12 *', '2026-11-01T03:00:00Z', false],
])('%s at %s is due: %s', (expression, at, due) => {
  expect(isDue(expression, new Date(at))).toBe(due)
})
