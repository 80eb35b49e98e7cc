import { describe, expect, it } from 'vitest'
import { ACCESS_POLICY } from '@/lib/catalog/access-policy'
import { PAYMENTS } from '@/lib/payment'
import { STATUSES } from '@/lib/status'
import { day, NOW, row } from '@/lib/sync/rows.fixture'
import { accessOf, allowedUntil, graceUntil } from './access'

const later = (instant: Date, milliseconds: number) => new Date(instant.getTime() + milliseconds)
const policy = (over: Partial<typeof ACCESS_POLICY>) => ({ ...ACCESS_POLICY, ...over })

const DUE = {
  status: 'past_due',
  pastDueSince: day(-4),
  owes: 'renewal',
  payment: 'open',
} as const

describe('a subscription that is paid for', () => {
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
  ] as const)('allows, when it is %s: %s', (status, access) => {
    expect(accessOf(row({ status, pastDueSince: day(-1) }), NOW)).toBe(access)
  })

  it.each([...STATUSES, 'unknown'] as const)(
    'allows nothing once it has ended, even if it is %s',
    (status) => {
      const ended = row({ status, pastDueSince: day(-1), endedAt: NOW })
      expect(accessOf(ended, NOW)).toBe('none')
      expect(accessOf(ended, later(NOW, 1))).toBe('none')
    },
  )

  it('allows everything up to the instant at which it ends', () => {
    expect(accessOf(row({ endedAt: NOW }), later(NOW, -1))).toBe('full')
  })

  it('is there for a renewal that Stripe charges a little after the period’s end, and then ends', () => {
    expect(allowedUntil(row())).toEqual(day(34))
    expect(accessOf(row(), day(33))).toBe('full')
    expect(accessOf(row(), day(34))).toBe('none')
  })
})

describe('grace after a failed payment', () => {
  const pastDue = row(DUE)

  it('ends on a stated day, two weeks after the failure', () => {
    expect(graceUntil(pastDue)).toEqual(day(10))
  })

  it.each([
    [-1, 'grace'],
    [0, 'none'],
    [1, 'none'],
  ])('%i ms from its end is %s', (milliseconds, access) => {
    expect(accessOf(pastDue, later(day(10), milliseconds))).toBe(access)
  })

  it('is not given to a debt that we cannot date: it would have no end', () => {
    const undated = row({ status: 'past_due', owes: 'renewal', payment: 'open' })
    expect(graceUntil(undated)).toBeNull()
    expect(accessOf(undated, NOW)).toBe('none')
  })

  it.each(['first', 'conversion'] as const)('is not given to who never paid (%s)', (owes) => {
    expect(accessOf(row({ ...pastDue, owes }), NOW)).toBe('none')
  })

  it.each([true, false])(
    'does not shorten what was paid for when no period is owed (a change of plan: %s)',
    (changeUnpaid) => {
      const change = row({ ...pastDue, owes: null, payment: 'settled', changeUnpaid })
      expect(allowedUntil(change)).toEqual(day(20))
      expect(graceUntil(change)).toEqual(day(20))
    },
  )

  it.each(STATUSES.filter((status) => status !== 'past_due'))(
    'has no day while it is %s',
    (status) => {
      expect(graceUntil(row({ status, pastDueSince: day(-4) }))).toBeNull()
    },
  )
})

describe('a bank debit that has not arrived', () => {
  const waits = { payment: 'open', owedSince: day(-2), paidThrough: null } as const

  it.each(['first', 'conversion'] as const)('grants nothing when it is the %s payment', (owes) => {
    expect(accessOf(row({ ...waits, owes }), NOW)).toBe('none')
  })

  it('grants the days that the policy states, and not one more', () => {
    const first = row({ ...waits, owes: 'first' })
    const patient = policy({ delayedPayment: { days: 3 } })
    expect(accessOf(first, day(0.9), patient)).toBe('full')
    expect(accessOf(first, day(1), patient)).toBe('none')
  })

  it('leaves access on when it is a renewal, for as long as a failed one would', () => {
    const renewal = row({ ...waits, owes: 'renewal' })
    expect(allowedUntil(renewal)).toEqual(day(12))
  })
})

describe('a period that is longer than what was paid for, after a change of interval that was never paid', () => {
  it('allows the plan to the end of what was paid for', () => {
    const yearly = row({ currentPeriodEnd: day(360), paidThrough: day(5), changeUnpaid: true })
    expect(allowedUntil(yearly)).toEqual(day(5))
  })
})

describe('a planned end', () => {
  it.each([
    ['a period', row({ cancelAt: day(3) })],
    ['grace', row({ ...DUE, cancelAt: day(3) })],
    ['a period that Stripe does not show', row({ currentPeriodEnd: null, cancelAt: day(3) })],
    ['what was paid for', row({ collectionPaused: true, paidThrough: day(5), cancelAt: day(3) })],
  ])('comes before the end of %s', (_, subscription) => {
    expect(allowedUntil(subscription)).toEqual(day(3))
    expect(accessOf(subscription, day(3))).toBe('none')
  })

  it('gives no time that was not there', () => {
    expect(allowedUntil(row({ ...DUE, cancelAt: day(90) }))).toEqual(day(10))
    expect(allowedUntil(row({ status: 'unpaid', cancelAt: day(90) }))).toBeNull()
  })
})

describe('paused collection', () => {
  const paused = row({ collectionPaused: true, paidThrough: day(5) })

  it('leaves what was paid for to its end, and then nothing, however long it lasts', () => {
    expect(accessOf(paused, day(4.9))).toBe('full')
    expect(accessOf(paused, day(5))).toBe('none')
    expect(accessOf(row({ ...paused, payment: 'draft', owes: 'renewal' }), day(6))).toBe('none')
  })

  it('leaves everything on where the policy says so', () => {
    expect(accessOf(paused, day(6), policy({ pausedCollection: 'keep' }))).toBe('full')
  })

  it.each(['first', 'conversion'] as const)(
    'gives nothing to who never paid (%s), whatever the policy says',
    (owes) => {
      const never = row({ ...paused, paidThrough: null, payment: 'open', owes })
      expect(accessOf(never, NOW)).toBe('none')
      expect(accessOf(never, NOW, policy({ pausedCollection: 'keep' }))).toBe('none')
    },
  )

  it('gives nothing to who paid a change and never a period', () => {
    expect(allowedUntil(row({ ...paused, payment: 'void', owes: 'first' }))).toBeNull()
  })

  it('leaves a period that was never billed to its end', () => {
    expect(allowedUntil(row({ ...paused, paidThrough: null }))).toEqual(day(20))
    expect(allowedUntil(row({ ...paused, paidThrough: null, owes: 'first' }))).toBeNull()
  })
})

describe('an invoice that is sent to be paid', () => {
  const sent = row({ payment: 'sent', owes: 'renewal', owedSince: day(-5), dueAt: day(25) })

  it('allows everything until it is due, and grace from then', () => {
    expect(allowedUntil(sent)).toEqual(day(39))
    expect(allowedUntil(row({ ...sent, owes: 'first' }))).toEqual(day(25))
  })

  it('allows a first period only once it is paid, where the policy says so', () => {
    const strict = policy({ sentInvoice: 'when_paid' })
    expect(allowedUntil(row({ ...sent, owes: 'first' }), strict)).toBeNull()
    expect(allowedUntil(sent, strict)).toEqual(day(9))
  })
})

describe.each([
  ['void', 'voidedRenewal'],
  ['uncollectible', 'writtenOffRenewal'],
] as const)('a renewal that an operator made %s', (payment, rule) => {
  const renewal = row({ payment, owes: 'renewal', owedSince: day(-5) })

  it('is a gift to the end of its period, or not paid for, as the policy says', () => {
    expect(accessOf(renewal, NOW, policy({ [rule]: 'keep' }))).toBe('full')
    expect(accessOf(renewal, NOW, policy({ [rule]: 'end' }))).toBe('none')
  })

  it('is no gift to who never paid: Stripe does the same when a first debit comes back', () => {
    for (const owes of ['first', 'conversion'] as const) {
      const never = row({ ...renewal, owes })
      expect(accessOf(never, NOW, policy({ [rule]: 'keep' }))).toBe('none')
    }
  })
})

describe('a renewal that a pause of collection let pass', () => {
  const renewal = row({ payment: 'skipped', owes: 'renewal', owedSince: day(-5) })
  it('is not paid for once the pause has ended, whatever holds for what an operator voids', () => {
    const gifts = { voidedRenewal: 'keep', writtenOffRenewal: 'keep' } as const
    expect(accessOf(renewal, NOW, policy(gifts))).toBe('none')
  })

  it('is a gift where a plan goes on while it is paused, and never to who never paid', () => {
    const keeps = policy({ pausedCollection: 'keep' })
    const of = (owes: 'renewal' | 'first') => accessOf(row({ ...renewal, owes }), NOW, keeps)
    expect([of('renewal'), of('first')]).toEqual(['full', 'none'])
  })
})

describe.each([
  ['refunded', 'fullRefund'],
  ['dispute_lost', 'lostDispute'],
] as const)('a period whose money was %s', (payment, rule) => {
  it('is used up to its end, or not, as the policy says', () => {
    expect(accessOf(row({ payment }), NOW, policy({ [rule]: 'keep' }))).toBe('full')
    expect(accessOf(row({ payment }), NOW, policy({ [rule]: 'end' }))).toBe('none')
  })

  it.each([
    ['a later payment failed', { ...DUE, owes: null }],
    ['collection is paused', { collectionPaused: true }],
  ])('is no less taken back while %s', (_, over) => {
    const taken = row({ ...over, payment })
    expect(accessOf(taken, NOW, policy({ [rule]: 'keep' }))).not.toBe('none')
    expect(accessOf(taken, NOW, policy({ [rule]: 'end' }))).toBe('none')
  })
})

it('no state of the money opens what Stripe’s status closes', () => {
  for (const status of [
    'unpaid',
    'incomplete',
    'incomplete_expired',
    'paused',
    'canceled',
    'unknown',
  ] as const)
    for (const payment of PAYMENTS)
      for (const owes of [null, 'first', 'conversion', 'renewal'] as const)
        expect(accessOf(row({ status, payment, owes, owedSince: day(-1) }), NOW)).toBe('none')
})
