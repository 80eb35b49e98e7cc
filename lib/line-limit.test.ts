import fc from 'fast-check'
import { expect, test } from 'vitest'
import { LineLimit } from './line-limit'

function limit(lines = 3) {
  const clock = { at: 0 }
  return { clock, lines: new LineLimit({ lines, windowMs: 60_000 }, () => clock.at) }
}

test('the first lines of a kind are written, and the rest of the minute is not', () => {
  const { lines } = limit()
  expect(Array.from({ length: 5 }, () => lines.take('Verification'))).toEqual([0, 0, 0, null, null])
})

test('the first line of the next minute says how many were left out', () => {
  const { clock, lines } = limit()
  for (let n = 0; n < 100; n++) lines.take('Verification')
  clock.at = 60_000
  expect(lines.take('Verification')).toBe(97)
  expect(lines.take('Verification')).toBe(0)
})

test('a flood of one kind hides no line of another', () => {
  const { lines } = limit()
  for (let n = 0; n < 100; n++) lines.take('Verification')
  expect(lines.take('AdapterError')).toBe(0)
})

test('a thousand kinds take no more memory than five hundred: the oldest is forgotten', () => {
  const { lines } = limit(1)
  for (let n = 0; n < 1000; n++) lines.take(`kind ${n}`)
  expect(lines.take('kind 999')).toBeNull()
  expect(lines.take('kind 0')).toBe(0)
})

test('whatever comes when, every line is either written or counted', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(30_000)), (pauses) => {
      const { clock, lines } = limit()
      let said = 0
      for (const pause of pauses) {
        clock.at += pause
        const left = lines.take('kind')
        if (left !== null) said += 1 + left
      }
      clock.at += 60_000
      expect(said + (lines.take('kind') ?? 0)).toBe(pauses.length)
    }),
  )
})
