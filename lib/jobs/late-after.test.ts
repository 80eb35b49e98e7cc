import { describe, expect, it } from 'vitest'
import { lateAfter } from './late-after'
import { longestGap } from './longest-gap'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

describe('how long a schedule may be silent', () => {
  it.each([
    ['* * * * *', MINUTE],
    ['*/5 * * * *', 5 * MINUTE],
    ['7 * * * *', HOUR],
    ['0,20 * * * *', 40 * MINUTE],
    ['0 9-17 * * *', 16 * HOUR],
    ['23 3 * * *', DAY],
    ['0 3 * * 1-5', 3 * DAY],
    ['0 3 * * 7', 7 * DAY],
    ['0 0 1 * *', 31 * DAY],
    ['0 0 1,15 * 0', 7 * DAY],
  ])('%s', (expression, gap) => {
    expect(longestGap(expression)).toBe(gap)
  })

  it.each([
    '',
    '* * * *',
    '* * * * * *',
    'hourly * * * *',
    '60 * * * *',
    '*/0 * * * *',
    '0 0 31 2 *',
  ])('refuses %j', (expression) => {
    expect(() => longestGap(expression)).toThrow()
  })
})

describe('when a job is late', () => {
  it.each([
    ['* * * * *', 3 * MINUTE],
    ['7 * * * *', 2 * HOUR],
    ['23 3 * * *', 26 * HOUR],
  ])('on %s', (schedule, late) => {
    expect(lateAfter('drain', [{ path: '/api/cron/drain', schedule }])).toBe(late)
  })

  it('never, when nothing is scheduled', () => {
    expect(lateAfter('drain', [{ path: '/api/cron/backfill', schedule: '* * * * *' }])).toBeNull()
  })

  it('is known of the drain as it is deployed', () => {
    expect(lateAfter('drain')).toBeGreaterThan(0)
  })
})
