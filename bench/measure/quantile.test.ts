import { expect, test } from 'vitest'
import { median, quantile, rounded } from './quantile'

test('the median of an odd number of rounds is one of them', () => {
  expect(median([9, 1, 5])).toBe(5)
})

test('of a hundred answers the 99th percentile is the slowest, and of a thousand it is not', () => {
  const upTo = (n: number) => Array.from({ length: n }, (_, i) => i + 1)
  expect(quantile(upTo(100), 0.99)).toBe(100)
  expect(quantile(upTo(1_000), 0.99)).toBe(991)
})

test('a figure has three digits, however large it is', () => {
  expect([rounded(1.23456), rounded(0.012345), rounded(1234.5)]).toEqual([1.23, 0.0123, 1230])
})
