import { expect, test } from 'vitest'
import { later, periodFrom } from './periods'

const MONTHLY = { interval: 'month', interval_count: 1 } as const
const YEARLY = { interval: 'year', interval_count: 1 } as const

function at(day: string): number {
  return Date.parse(`${day}T09:30:15Z`) / 1000
}

function days(anchor: string, every: Parameters<typeof later>[1], count: number): string[] {
  return Array.from({ length: count }, (_, nth) => {
    const instant = new Date(later(at(anchor), every, nth + 1) * 1000).toISOString()
    expect(instant).toContain('T09:30:15')
    return instant.slice(0, 10)
  })
}

test('what began on the 31st is billed on the last day of shorter months, and on the 31st again after them', () => {
  expect(days('2027-01-31', MONTHLY, 6)).toEqual([
    '2027-02-28',
    '2027-03-31',
    '2027-04-30',
    '2027-05-31',
    '2027-06-30',
    '2027-07-31',
  ])
})

test('February has its 29th in leap years, of which 2100 is none', () => {
  expect(days('2028-01-31', MONTHLY, 1)).toEqual(['2028-02-29'])
  expect(days('2028-01-30', MONTHLY, 2)).toEqual(['2028-02-29', '2028-03-30'])
  expect(days('2100-01-31', MONTHLY, 1)).toEqual(['2100-02-28'])
})

test('a year that began on a leap day ends on February 28th, until the next leap year', () => {
  expect(days('2028-02-29', YEARLY, 4)).toEqual([
    '2029-02-28',
    '2030-02-28',
    '2031-02-28',
    '2032-02-29',
  ])
})

test('quarters and weeks are counted from the anchor, whatever the clocks of summer do', () => {
  const quarterly = { interval: 'month', interval_count: 3 } as const
  expect(days('2026-11-30', quarterly, 4)).toEqual([
    '2027-02-28',
    '2027-05-30',
    '2027-08-30',
    '2027-11-30',
  ])
  const weekly = { interval: 'week', interval_count: 2 } as const
  expect(days('2027-03-20', weekly, 2)).toEqual(['2027-04-03', '2027-04-17'])
})

test('each period begins where the last one ended, without a gap, for ten years', () => {
  for (const anchor of ['2027-01-31', '2028-02-29', '2027-08-30'])
    for (const every of [MONTHLY, YEARLY]) {
      let start = at(anchor)
      for (let nth = 1; nth <= 120 / (every === YEARLY ? 12 : 1); nth += 1) {
        const period = periodFrom(start, at(anchor), every)
        expect(period).toEqual({ start, end: later(at(anchor), every, nth) })
        start = period.end
      }
    }
})
