import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { PLANS, TIERS } from '@/lib/catalog/plans'
import { GREAT, SMALL } from '@/lib/catalog/tiers.fixture'
import type { SubscriptionId } from '@/lib/ids'
import { STATUSES } from '@/lib/status'
import { day, NOW, row } from '@/lib/sync/rows.fixture'
import { accessOf } from './access'
import { governingSubscription, parseTier, tierRank } from './governing'

const active = row({ id: 'sub_active' })
const canceled = row({
  id: 'sub_a',
  status: 'canceled',
  endedAt: day(-1),
  stripeCreatedAt: day(-5),
})
const incomplete = row({ id: 'sub_incomplete', status: 'incomplete' })
const pastDueStudio = row({
  id: 'sub_due',
  status: 'past_due',
  tier: GREAT,
  pastDueSince: day(-3),
})
const lapsedStudio = row({
  id: 'sub_lapsed',
  status: 'past_due',
  tier: GREAT,
  pastDueSince: day(-20),
  owes: 'renewal',
  payment: 'open',
})
const unknownPrice = row({ id: 'sub_of_unknown_price', tier: null, priceId: 'price_unknown' })

describe('of several subscriptions', () => {
  it.each([
    [
      'the one that allows something, not the one that ended last',
      [canceled, active],
      'sub_active',
    ],
    [
      `a ${PLANS[GREAT].name} in its days of grace rather than a paid ${PLANS[SMALL].name}`,
      [active, pastDueStudio],
      'sub_due',
    ],
    [
      `a paid ${PLANS[SMALL].name} rather than a ${PLANS[GREAT].name} whose grace is over`,
      [active, lapsedStudio],
      'sub_active',
    ],
    ['the better plan', [active, row({ id: 'sub_best', tier: GREAT })], 'sub_best'],
    [
      'the newer of two alike',
      [row({ id: 'sub_a', stripeCreatedAt: day(-50) }), active],
      'sub_active',
    ],
    [
      'one that can still be paid rather than one that is over',
      [canceled, incomplete],
      'sub_incomplete',
    ],
    ['a plan that we know rather than one that we do not', [unknownPrice, active], 'sub_active'],
    [
      'the lower id of two of the same second',
      [row({ id: 'sub_b' }), row({ id: 'sub_a' })],
      'sub_a',
    ],
  ])('%s governs', (_, subscriptions, id) => {
    expect(governingSubscription(subscriptions, NOW)?.id).toBe(id)
    expect(governingSubscription(subscriptions.toReversed(), NOW)?.id).toBe(id)
  })

  it('none governs a customer who has none', () => {
    expect(governingSubscription([], NOW)).toBeNull()
  })

  it('the same one governs in whatever order Stripe lists them, and nothing else allows more', () => {
    fc.assert(
      fc.property(
        portfolio.chain((list) => fc.tuple(fc.constant(list), shuffled(list))),
        ([list, other]) => {
          const governing = governingSubscription(list, NOW)
          expect(governingSubscription(other, NOW)).toEqual(governing)
          const best = Math.max(...list.map(worth))
          expect(governing && worth(governing)).toBe(list.length > 0 ? best : null)
        },
      ),
    )
  })

  it('the list itself is left as it was', () => {
    const list = Object.freeze([canceled, active])
    expect(() => governingSubscription(list, NOW)).not.toThrow()
  })
})

describe('a tier', () => {
  it('that we do not know is below free and is no tier', () => {
    expect([...TIERS, 'gold', null].map(tierRank)).toEqual([...TIERS.keys(), -1, -1])
    expect(parseTier('gold')).toBeNull()
    expect(parseTier(SMALL)).toBe(SMALL)
  })
})

const portfolio = fc.uniqueArray(
  fc
    .record({
      id: fc.nat(99).map((n): SubscriptionId => `sub_${n}`),
      status: fc.constantFrom(...STATUSES, 'unknown' as const),
      tier: fc.constantFrom(SMALL, GREAT, null),
      pastDueSince: fc.constantFrom(day(-1), day(-13), day(-15), null),
      endedAt: fc.constantFrom(null, null, day(-1)),
      stripeCreatedAt: fc.integer({ min: -400, max: 0 }).map(day),
    })
    .map(row),
  { selector: ({ id }) => id, maxLength: 8 },
)

function shuffled<T>(list: T[]) {
  return fc.shuffledSubarray(list, { minLength: list.length })
}

function worth(each: ReturnType<typeof row>): number {
  return accessOf(each, NOW) === 'none' ? -1 : tierRank(each.tier) + 1
}
