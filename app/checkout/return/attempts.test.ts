import { describe, expect, test } from 'vitest'
import { isSlow, nextAskIn, readAttempt } from './attempts'

describe('waiting for an activation', () => {
  test('it asks quickly at first, then slowly, then leaves it to the person', () => {
    const waits = Array.from({ length: 20 }, (_, attempt) => nextAskIn(attempt))
    expect(waits.slice(0, 6)).toEqual([2, 2, 2, 2, 2, 5])
    expect(waits.at(-1)).toBeNull()
  })

  test('it admits to be slow before it gives up', () => {
    expect(isSlow(0)).toBe(false)
    const last = Array.from({ length: 99 }, (_, attempt) => attempt).find(
      (each) => nextAskIn(each) === null,
    )
    expect(isSlow(last ?? 0)).toBe(true)
  })

  test('what is not a small number is the first try', () => {
    for (const value of [undefined, '', '-1', '1e3', '100', ['1']])
      expect(readAttempt(value)).toBe(0)
    expect(readAttempt('7')).toBe(7)
  })
})
