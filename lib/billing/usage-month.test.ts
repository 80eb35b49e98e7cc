import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { usageMonth } from './usage-month'

const month = (now: string) => {
  const { start, end } = usageMonth(new Date(now))
  return [start.toISOString(), end.toISOString()]
}

describe('a usage month', () => {
  it.each([
    ['2026-11-23T12:00:00.000Z', '2026-11-01', '2026-12-01'],
    ['2026-11-01T00:00:00.000Z', '2026-11-01', '2026-12-01'],
    ['2026-11-30T23:59:59.999Z', '2026-11-01', '2026-12-01'],
    ['2026-12-31T23:59:59.999Z', '2026-12-01', '2027-01-01'],
    ['2028-02-29T12:00:00.000Z', '2028-02-01', '2028-03-01'],
    ['2026-12-01T00:30:00.000+01:00', '2026-11-01', '2026-12-01'],
  ])('of %s is from %s to %s in UTC', (now, start, end) => {
    expect(month(now)).toEqual([`${start}T00:00:00.000Z`, `${end}T00:00:00.000Z`])
  })

  it('holds its instant, and the next begins where it ends', () => {
    const instants = fc.date({
      min: new Date('2000-01-01'),
      max: new Date('2100-01-01'),
      noInvalidDate: true,
    })
    fc.assert(
      fc.property(instants, (now) => {
        const { start, end } = usageMonth(now)
        expect(start <= now && now < end).toBe(true)
        expect(usageMonth(end).start).toEqual(end)
      }),
    )
  })
})
