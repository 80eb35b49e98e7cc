import { expect, it } from 'vitest'
import { intervalWords, isYearOrLonger, recordedInterval } from './interval-words'

it.each([
  ['month', 1, { per: 'a month', billed: 'monthly', span: 'a month' }],
  ['year', 1, { per: 'a year', billed: 'yearly', span: 'a year' }],
  ['week', 1, { per: 'a week', billed: 'weekly', span: 'a week' }],
  ['month', 3, { per: 'every 3 months', billed: 'every 3 months', span: '3 months' }],
  ['year', 2, { per: 'every 2 years', billed: 'every 2 years', span: '2 years' }],
  ['day', 10, { per: 'every 10 days', billed: 'every 10 days', span: '10 days' }],
])('a price by the %s, %i of them, is said as it is billed', (unit, count, words) => {
  expect(intervalWords(recordedInterval(unit, count))).toEqual(words)
})

it.each([
  ['year', 1, true],
  ['year', 2, true],
  ['month', 11, false],
  ['month', 12, true],
  ['month', 36, true],
  ['week', 51, false],
  ['week', 52, true],
  ['day', 364, false],
  ['day', 365, true],
  // Stripe takes three years at most.
  ['day', 1095, true],
  ['month', 1, false],
])('a renewal after %2$i of the %1$s is one after a year or more: %3$s', (unit, count, long) => {
  expect(isYearOrLonger(recordedInterval(unit, count))).toBe(long)
})

it.each([null, undefined, '', 'fortnight', '3'])('%s is no interval', (recorded) => {
  expect(intervalWords(recorded)).toBeNull()
})
