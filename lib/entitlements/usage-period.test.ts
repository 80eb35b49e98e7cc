import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { usagePeriod } from './usage-period'

const at = (day: string) => new Date(`${day}T09:30:00Z`)
const own = (start: string, end: string) => ({ start: at(start), end: at(end) })
const days = ({ start, end }: { start: Date; end: Date }) =>
  [start, end].map((each) => each.toISOString().slice(0, 10))

describe('the usage period without a subscription', () => {
  it.each([
    ['2026-11-23T12:00:00.000Z', '2026-11-01', '2026-12-01'],
    ['2026-11-01T00:00:00.000Z', '2026-11-01', '2026-12-01'],
    ['2026-11-30T23:59:59.999Z', '2026-11-01', '2026-12-01'],
    ['2026-12-31T23:59:59.999Z', '2026-12-01', '2027-01-01'],
    ['2028-02-29T12:00:00.000Z', '2028-02-01', '2028-03-01'],
    ['2026-12-01T00:30:00.000+01:00', '2026-11-01', '2026-12-01'],
  ])('is at %s the calendar month, %s to %s in UTC', (now, start, end) => {
    const period = usagePeriod(new Date(now), null)
    expect([period.start, period.end].map((each) => each.toISOString())).toEqual([
      `${start}T00:00:00.000Z`,
      `${end}T00:00:00.000Z`,
    ])
  })
})

describe('the usage period of a subscription', () => {
  it.each([
    [
      'paid by the month is its own',
      '2026-11-23',
      '2026-11-13',
      '2026-12-13',
      '2026-11-13',
      '2026-12-13',
    ],
    [
      'whose renewal is not known yet is the next',
      '2026-12-14',
      '2026-11-13',
      '2026-12-13',
      '2026-12-13',
      '2027-01-13',
    ],
    [
      'paid by the year is a month of it',
      '2027-03-14',
      '2026-11-13',
      '2027-11-13',
      '2027-03-13',
      '2027-04-13',
    ],
    [
      'from the 31st ends in February on the 28th',
      '2027-02-10',
      '2027-01-31',
      '2027-02-28',
      '2027-01-31',
      '2027-02-28',
    ],
    [
      'from the 31st goes back to the 31st after February',
      '2027-03-30',
      '2027-02-28',
      '2027-03-31',
      '2027-02-28',
      '2027-03-31',
    ],
    [
      'from the 31st, not renewed in February, goes back to the 31st',
      '2027-03-30',
      '2027-01-31',
      '2027-02-28',
      '2027-02-28',
      '2027-03-31',
    ],
    [
      'from the 31st ends in April on the 30th',
      '2027-04-01',
      '2027-03-31',
      '2027-04-30',
      '2027-03-31',
      '2027-04-30',
    ],
    [
      'from the 30th ends in February of a leap year on the 29th',
      '2028-02-10',
      '2028-01-30',
      '2028-02-29',
      '2028-01-30',
      '2028-02-29',
    ],
    [
      'from the 29th of a leap year, by the year, is on the 28th a year later',
      '2029-02-20',
      '2028-02-29',
      '2029-02-28',
      '2029-01-29',
      '2029-02-28',
    ],
    [
      'from the 31st, by the year, ends on each month’s last day',
      '2027-05-15',
      '2026-08-31',
      '2027-08-31',
      '2027-04-30',
      '2027-05-31',
    ],
    [
      'on trial for a week is that week',
      '2026-11-15',
      '2026-11-13',
      '2026-11-20',
      '2026-11-13',
      '2026-11-20',
    ],
    [
      'after a trial for a week begins with the first that is paid',
      '2026-11-21',
      '2026-11-13',
      '2026-11-20',
      '2026-11-20',
      '2026-12-20',
    ],
    [
      'begins with it, where Stripe’s clock is ahead of ours',
      '2026-11-12',
      '2026-11-13',
      '2026-12-13',
      '2026-11-13',
      '2026-12-13',
    ],
  ])('%s', (_, now, start, end, from, until) => {
    expect(days(usagePeriod(at(now), own(start, end)))).toEqual([from, until])
  })

  it('begins at the second that the subscription does, on either side of a change to summer time', () => {
    const { start, end } = usagePeriod(at('2027-03-30'), own('2027-03-10', '2027-04-10'))
    expect(start).toEqual(at('2027-03-10'))
    expect(end).toEqual(at('2027-04-10'))
  })
})

// A month from an anchor, as Stripe counts it: on its day, or on the last of a shorter month.
function months(anchor: Date, n: number): Date {
  const then = new Date(anchor)
  then.setUTCDate(1)
  then.setUTCMonth(then.getUTCMonth() + n)
  const last = new Date(Date.UTC(then.getUTCFullYear(), then.getUTCMonth() + 1, 0)).getUTCDate()
  then.setUTCDate(Math.min(anchor.getUTCDate(), last))
  return then
}

const instants = fc
  .date({ min: new Date('2000-01-01'), max: new Date('2100-01-01'), noInvalidDate: true })
  .map((date) => new Date(Math.floor(date.getTime() / 1000) * 1000))

describe('usage periods, of whatever subscription', () => {
  it('hold their instant and touch each other, so that no use is between two', () => {
    fc.assert(
      fc.property(
        instants,
        fc.integer({ min: 1, max: 24 }),
        fc.double({ min: 0, max: 1.99, noNaN: true }),
        (anchor, length, where) => {
          const period = { start: anchor, end: months(anchor, length) }
          const now = new Date(anchor.getTime() + Math.floor(where * (+period.end - +anchor)))
          const { start, end } = usagePeriod(now, period)
          expect(start <= now && now < end).toBe(true)
          expect(usagePeriod(end, period).start).toEqual(end)
          expect(usagePeriod(start, period)).toEqual({ start, end })
        },
      ),
    )
  })

  it('paid by the month, renewed as often as one likes, are its own, also before the renewal is known', () => {
    fc.assert(
      fc.property(
        instants,
        fc.integer({ min: 0, max: 40 }),
        fc.double({ min: 0, max: 0.999, noNaN: true }),
        (anchor, n, where) => {
          const [before, start, end] = [n - 1, n, n + 1].map((each) => months(anchor, each))
          if (!before || !start || !end) throw new Error('Three were made.')
          const now = new Date(+start + Math.floor(where * (+end - +start)))
          expect(usagePeriod(now, { start, end })).toEqual({ start, end })
          // After a short month the anchor shows again only where the month before shows it.
          if (
            before.getUTCDate() === anchor.getUTCDate() ||
            start.getUTCDate() === anchor.getUTCDate()
          )
            expect(usagePeriod(now, { start: before, end: start })).toEqual({ start, end })
        },
      ),
    )
  })

  it('paid by the year are twelve, from the anchor on', () => {
    fc.assert(
      fc.property(
        instants,
        fc.integer({ min: 0, max: 11 }),
        fc.double({ min: 0, max: 0.999, noNaN: true }),
        (anchor, n, where) => {
          const year = { start: anchor, end: months(anchor, 12) }
          const [start, end] = [months(anchor, n), months(anchor, n + 1)]
          const now = new Date(+start + Math.floor(where * (+end - +start)))
          expect(usagePeriod(now, year)).toEqual({ start, end })
        },
      ),
    )
  })
})
