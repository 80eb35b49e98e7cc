import { expect, test } from 'vitest'
import { barsOf, mostOf } from './bars'

const days = (...units: number[]) =>
  units.map((each, n) => ({ day: `2027-03-0${n + 1}`, units: each }))

test('the day with most is as high as the chart, and the others in proportion', () => {
  expect(barsOf(days(5, 10)).map(({ height }) => height)).toEqual([50, 100])
})

test('a day without a use has no bar, and keeps its place', () => {
  expect(barsOf(days(1, 0, 1)).map(({ x }) => x)).toEqual([15, 215])
})

test('a single use is seen beside a thousand', () => {
  expect(barsOf(days(1, 1000))[0]?.height).toBeGreaterThanOrEqual(2)
})

test('a period without any use is drawn without dividing by nothing', () => {
  expect(barsOf(days(0, 0))).toEqual([])
  expect(mostOf([])).toBe(1)
})
