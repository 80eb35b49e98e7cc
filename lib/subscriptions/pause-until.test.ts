import { expect, test } from 'vitest'
import { chargesFrom, pauseUntil } from './pause-until'

const until = (anchor: string, currentPeriodEnd: string, months: number) =>
  pauseUntil({
    anchor: new Date(anchor),
    currentPeriodEnd: new Date(currentPeriodEnd),
    months,
  }).toISOString()

test('a pause ends an hour before the period that is charged again, counted from the anchor', () => {
  expect(until('2026-11-23T09:30:00Z', '2026-12-23T09:30:00Z', 1)).toBe('2027-01-23T08:30:00.000Z')
  // The anchor's day comes back after a month that does not have it.
  expect(until('2026-12-31T10:00:00Z', '2027-02-28T10:00:00Z', 1)).toBe('2027-03-31T09:00:00.000Z')
  expect(until('2026-12-31T10:00:00Z', '2027-01-31T10:00:00Z', 1)).toBe('2027-02-28T09:00:00.000Z')
  expect(until('2026-11-30T00:00:00Z', '2026-12-30T00:00:00Z', 2)).toBe('2027-02-27T23:00:00.000Z')
})

test('a plan is charged again from the day of that period, also where the hour before it is of the day before', () => {
  for (const time of ['00:00', '00:30', '00:59', '01:00', '12:00', '23:30']) {
    const anchor = new Date(`2026-11-23T${time}:00Z`)
    const currentPeriodEnd = new Date(`2026-12-23T${time}:00Z`)
    const resumesAt = pauseUntil({ anchor, currentPeriodEnd, months: 1 })
    for (const end of [currentPeriodEnd, new Date(`2027-01-23T${time}:00Z`)])
      expect(chargesFrom(resumesAt, { currentPeriodEnd: end })).toEqual(
        new Date(`2027-01-23T${time}:00Z`),
      )
  }
})

test('a pause that was set at Stripe ends on the day that it says', () => {
  const resumesAt = new Date('2027-01-10T23:30:00Z')
  const currentPeriodEnd = new Date('2026-12-23T09:30:00Z')
  expect(chargesFrom(resumesAt, { currentPeriodEnd })).toEqual(resumesAt)
  expect(chargesFrom(resumesAt, { currentPeriodEnd: null })).toEqual(resumesAt)
})
