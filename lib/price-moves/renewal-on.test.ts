import { expect, test } from 'vitest'
import { renewalOn } from './renewal-on'

const at = (text: string) => new Date(`${text}T10:00:00Z`)
const month = { interval: 'month', intervalCount: 1 } as const

test.each([
  ['the next renewal, where the day is before it', '2027-01-20', '2027-01-10', '2027-01-20'],
  ['a later one, where the next is before the day', '2027-01-20', '2027-02-01', '2027-02-20'],
  ['one that is months away', '2027-01-20', '2027-06-21', '2027-07-20'],
])('a month renews on or after a day at %s', (_, next, day, expected) => {
  const anchor = at('2026-11-20')
  expect(renewalOn({ anchor, next: at(next), ...month }, at(day))).toEqual(at(expected))
})

test('a plan of the last of a month renews on the last of each, and not on the day of a short one', () => {
  const cycle = { anchor: at('2026-12-31'), next: at('2027-02-28'), ...month }
  expect(renewalOn(cycle, at('2027-03-01'))).toEqual(at('2027-03-31'))
})

test('a year renews a year later, where its next renewal is before the day', () => {
  const cycle = { anchor: at('2024-02-29'), next: at('2027-02-28'), intervalCount: 1 }
  expect(renewalOn({ ...cycle, interval: 'year' }, at('2027-03-01'))).toEqual(at('2028-02-29'))
})

test('periods that were moved are counted from the renewal that Stripe names', () => {
  const cycle = { anchor: at('2026-11-20'), next: at('2027-01-07'), ...month }
  expect(renewalOn(cycle, at('2027-02-01'))).toEqual(at('2027-02-07'))
})
