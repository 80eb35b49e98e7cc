import { describe, expect, it } from 'vitest'
import { STATUSES } from '@/lib/status'
import { accessOf, graceUntil, renewalSlack } from './access'

const FAILED = new Date('2026-11-01T09:30:00.000Z')
const GRACE_ENDS = new Date('2026-11-15T09:30:00.000Z')
const NOW = new Date('2026-11-10T00:00:00Z')

const later = (instant: Date, milliseconds: number) => new Date(instant.getTime() + milliseconds)
const standing = (over: Partial<Parameters<typeof accessOf>[0]> = {}) => ({
  status: 'active' as const,
  pastDueSince: null,
  endedAt: null,
  ...over,
})

describe('what a subscription allows', () => {
  it.each([
    ['active', 'full'],
    ['trialing', 'full'],
    ['past_due', 'grace'],
    ['unpaid', 'none'],
    ['incomplete', 'none'],
    ['incomplete_expired', 'none'],
    ['paused', 'none'],
    ['canceled', 'none'],
    ['unknown', 'none'],
  ] as const)('when it is %s: %s', (status, access) => {
    expect(accessOf(standing({ status, pastDueSince: FAILED }), NOW)).toBe(access)
  })

  it.each([...STATUSES, 'unknown'] as const)(
    'is nothing once it has ended, even if it is %s',
    (status) => {
      const ended = standing({ status, pastDueSince: FAILED, endedAt: NOW })
      expect(accessOf(ended, NOW)).toBe('none')
      expect(accessOf(ended, later(NOW, 1))).toBe('none')
    },
  )

  it('is everything up to the instant at which it ends', () => {
    expect(accessOf(standing({ endedAt: NOW }), later(NOW, -1))).toBe('full')
  })
})

describe('grace after a failed payment', () => {
  const pastDue = standing({ status: 'past_due', pastDueSince: FAILED })

  it('ends on a stated day, two weeks after the invoice', () => {
    expect(graceUntil(pastDue)).toEqual(GRACE_ENDS)
  })

  it.each([
    [-1, 'grace'],
    [0, 'none'],
    [1, 'none'],
  ])('%i ms from its end is %s', (milliseconds, access) => {
    expect(accessOf(pastDue, later(GRACE_ENDS, milliseconds))).toBe(access)
  })

  it('is not given to a debt that we cannot date: it would have no end', () => {
    const undated = standing({ status: 'past_due' })
    expect(graceUntil(undated)).toBeNull()
    expect(accessOf(undated, NOW)).toBe('none')
  })

  it.each(STATUSES.filter((status) => status !== 'past_due'))(
    'has no day while it is %s',
    (status) => {
      expect(graceUntil(standing({ status, pastDueSince: FAILED }))).toBeNull()
    },
  )
})

it('a renewal that Stripe charges a little after the period’s end finds access still there', () => {
  expect(renewalSlack(FAILED)).toEqual(GRACE_ENDS)
})
