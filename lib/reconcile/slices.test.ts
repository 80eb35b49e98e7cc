import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { day, NOW } from '@/lib/sync/rows.fixture'
import { FIRST_WIDTH, FULL, nextWidth, secondAfter, sliceAt, startOf, typeLists } from './slices'

const seconds = (n: number) => new Date(NOW.getTime() + n * 1000)
const hours = (n: number) => seconds(n * 3600)

describe('where a run begins', () => {
  it('is a month ago the first time: all that Stripe remembers', () => {
    expect(startOf(null, NOW)).toEqual({ since: day(-30), lost: false })
    expect(startOf({ readTo: null, at: day(-1) }, NOW).since).toEqual(day(-30))
  })

  it('is an hour before the run that came to its end, for what showed up late', () => {
    expect(startOf({ readTo: hours(-1), at: hours(-1) }, NOW).since).toEqual(hours(-2))
  })

  it('is where the last run stopped, when all that it read was more than an hour old', () => {
    expect(startOf({ readTo: day(-20), at: hours(-1) }, NOW).since).toEqual(day(-20))
  })

  it('is never ahead of now, even if the clock was put back', () => {
    expect(startOf({ readTo: day(9), at: day(9) }, NOW).since).toEqual(hours(-1))
  })

  // breakage: the backfill did not run for a month | events that no webhook brought are gone for good: an alarm, and state from the drift scan
  it('is as far back as Stripe remembers, with an alarm, after 29 days without a run', () => {
    const stopped = (days: number) => startOf({ readTo: day(days), at: day(days) }, NOW)
    expect(stopped(-28.9)).toMatchObject({ lost: false })
    expect(stopped(-29.1)).toMatchObject({ lost: true })
    expect(stopped(-400)).toEqual({ since: day(-30), lost: true })
  })
})

describe('slices', () => {
  it('cover every second from the start to now once, whatever their lists are like', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 30 * 86_400 }),
        fc.infiniteStream(fc.integer({ min: 0, max: FULL + 10 })),
        (length, lists) => {
          let covered = 0
          let slice = sliceAt(seconds(-length), FIRST_WIDTH, NOW)
          for (const longest of lists) {
            if (!slice) break
            expect(slice.until >= slice.since).toBe(true)
            const narrowest = slice.since.getTime() === slice.until.getTime()
            const whole = longest < FULL || narrowest
            if (whole) covered += (slice.until.getTime() - slice.since.getTime()) / 1000 + 1
            slice = sliceAt(
              whole ? secondAfter(slice) : slice.since,
              nextWidth(slice, longest),
              NOW,
            )
          }
          expect(covered).toBe(length + 1)
        },
      ),
    )
  })

  it('of a quiet month are few, however narrow the first is', () => {
    let calls = 0
    let slice = sliceAt(day(-30), FIRST_WIDTH, NOW)
    while (slice) {
      calls += 1
      slice = sliceAt(secondAfter(slice), nextWidth(slice, 3), NOW)
    }
    expect(calls).toBeLessThan(10)
  })

  it('of the hourly run is one', () => {
    const { since } = startOf({ readTo: hours(-1), at: hours(-1) }, NOW)
    expect(sliceAt(since, FIRST_WIDTH, NOW)).toEqual({ since, until: NOW })
  })
})

it('types are asked for twenty at a time, each once', () => {
  const types = Array.from({ length: 41 }, (_, n) => `type.${n}`)
  const lists = typeLists(types)
  expect(lists.map(({ length }) => length)).toEqual([20, 20, 1])
  expect(lists.flat()).toEqual(types)
})
