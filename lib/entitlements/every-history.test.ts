import { expect, test } from 'vitest'
import { ACCESS_POLICY } from '@/lib/catalog/access-policy'
import { FEATURES, type Feature } from '@/lib/catalog/features'
import { FREE, PLANS, TIERS, type Tier } from '@/lib/catalog/plans'
import { GREAT, SMALL } from '@/lib/catalog/tiers.fixture'
import { STATUSES } from '@/lib/status'
import { entitlement, override, row } from '@/lib/sync/rows.fixture'
import { currentEntitlement } from './current'
import { deriveEntitlement } from './derive'
import type { Override } from './overridden'

// Access by another way: for each instant anew, from the rules as docs/access.md words them, with no
// stored answer, no lease and no order among subscriptions.

const DAY = 86_400_000
const T0 = Date.parse('2026-11-23T12:00:00Z')
const at = (days: number) => new Date(T0 + days * DAY)
const GRACE = ACCESS_POLICY.graceDays

/** Looked at on the day of the sync, and around every day on which something ends. */
const LOOKS = [0, 5, 9.999, 10, 12, 19.999, 20, 23.999, 24, 30, 40]

type Sub = ReturnType<typeof row>

// A period that is over, one to come; to end before that, at its end, or not; over already, or not.
const ALLOWING = ['active', 'trialing', 'past_due'] as const
const SUBSCRIPTIONS: Sub[] = [
  ...ALLOWING.flatMap((status) =>
    [SMALL, GREAT].flatMap((tier) =>
      [null, at(9.999), at(24)].map((cancelAt) => subscription({ status, tier, cancelAt })),
    ),
  ),
  ...[...STATUSES, 'unknown' as const]
    .filter((status) => !ALLOWING.some((each) => each === status))
    .map((status) => subscription({ status, tier: GREAT })),
  // A price that the catalog does not know, and nothing that stood before.
  subscription({ status: 'active', tier: null }),
]

function subscription(given: Pick<Sub, 'status' | 'tier'> & Partial<Sub>): Sub {
  const { status, tier } = given
  const failed = at(12 - GRACE)
  return row({
    priceId: `price_${tier}`,
    currentPeriodEnd: at(10),
    endedAt: status === 'canceled' || status === 'incomplete_expired' ? at(-1) : null,
    ...(status === 'past_due' && {
      ...{ pastDueSince: failed, payment: 'open', owes: 'renewal', owedSince: failed },
    }),
    ...given,
  })
}

/** Until when the rules let a subscription allow something; null: it allows nothing. */
function allowedTo({ status, cancelAt }: Sub): Date | null {
  const renewal = { active: 10 + GRACE, trialing: 10 + GRACE, past_due: 12 }
  const days = Object.entries(renewal).find(([each]) => each === status)?.[1]
  if (days === undefined) return null
  return cancelAt && cancelAt < at(days) ? cancelAt : at(days)
}

const [IN_SMALL] = PLANS[SMALL].features
const ONLY_GREAT = PLANS[GREAT].features.find((one) => !PLANS[SMALL].features.includes(one))
if (!IN_SMALL || !ONLY_GREAT) throw new Error('The catalog has no feature to test with.')

const feature = { kind: 'feature', tier: null } as const
const OVERRIDES: Override[][] = [
  [],
  [override({ tier: GREAT, expiresAt: at(20) })],
  [override({ tier: SMALL, expiresAt: at(30) })],
  [override({ tier: GREAT, expiresAt: at(20), revokedAt: at(-1) })],
  [override({ effect: 'withhold', tier: null, expiresAt: at(5) })],
  [override({ ...feature, name: ONLY_GREAT, expiresAt: at(20) })],
  [override({ ...feature, name: IN_SMALL, effect: 'withhold', expiresAt: at(9.999) })],
  [override({ kind: 'limit', name: 'monthlyUses', tier: null, amount: 7, expiresAt: at(20) })],
  [
    override({ tier: GREAT, expiresAt: at(5) }),
    override({ ...feature, name: ONLY_GREAT, effect: 'withhold', expiresAt: at(12) }),
    override({ kind: 'limit', name: 'monthlyUses', tier: null, amount: 0, expiresAt: at(30) }),
  ],
]

type Answer = { tier: Tier; features: Feature[]; uses: number }

/** What a workspace may use at an instant. */
function model(subscriptions: readonly Sub[], overrides: readonly Override[], now: Date): Answer {
  // A tier that is none of ours ranks below all.
  const rank = (tier: string | null) => TIERS.map(String).indexOf(`${tier}`)
  let tier: Tier = FREE.tier
  for (const each of subscriptions) {
    const to = allowedTo(each)
    if (to && to > now && rank(each.tier) > rank(tier)) tier = each.tier === GREAT ? GREAT : SMALL
  }
  const stands = overrides.filter(({ revokedAt, expiresAt }) => !revokedAt && expiresAt > now)
  for (const { kind, effect, tier: given } of stands) {
    if (kind !== 'plan') continue
    if (effect === 'withhold') tier = FREE.tier
    else if (rank(given) > rank(tier)) tier = given === GREAT ? GREAT : SMALL
  }
  const features = new Set<string>(PLANS[tier].features)
  let uses = PLANS[tier].monthlyUses
  for (const { kind, effect, name, amount } of stands) {
    if (kind === 'limit') uses = amount ?? uses
    if (kind === 'feature' && effect === 'grant') features.add(name)
    if (kind === 'feature' && effect === 'withhold') features.delete(name)
  }
  return { tier, features: ALL.filter((each) => features.has(each)), uses }
}

// The keys of a literal object are exactly its type's.
const ALL = Object.keys(FEATURES) as Feature[]

/** What is decided: stored on the day of the sync, and read at an instant after it. */
function decide(subscriptions: readonly Sub[], overrides: readonly Override[]) {
  const inputs = { subscriptions, overrides, previous: null, now: at(0) }
  const stored = entitlement(deriveEntitlement(inputs).entitlement)
  return (now: Date): Answer => {
    const { tier, features, limits } = currentEntitlement(
      { entitlement: stored, overrides, subscriptions },
      now,
    )
    return {
      tier,
      features: ALL.filter((each) => features.includes(each)),
      uses: limits.monthlyUses,
    }
  }
}

/** Every multiset of at most so many of these. */
function* multisets<T>(of: readonly T[], most: number, from = 0): Generator<T[]> {
  yield []
  if (most === 0) return
  for (let n = from; n < of.length; n += 1) {
    const one = of[n]
    if (one === undefined) continue
    for (const rest of multisets(of, most - 1, n)) yield [one, ...rest]
  }
}

test('for every three subscriptions or fewer, whatever operators decided, access at every instant is what the rules say', () => {
  const wrong: unknown[] = []
  let answers = 0
  for (const given of multisets(SUBSCRIPTIONS, 3)) {
    // The same row twice is the same subscription: each gets an id of its own.
    const set = given.map((each, n) => ({ ...each, id: `sub_${n}` as const }))
    for (const decided of OVERRIDES) {
      const answer = decide(set, decided)
      for (const days of LOOKS) {
        answers += 1
        const [is, should] = [answer(at(days)), model(set, decided, at(days))]
        if (wrong.length < 3 && JSON.stringify(is) !== JSON.stringify(should))
          wrong.push({
            set: set.map(({ status, tier, cancelAt }) => [status, tier, cancelAt]),
            decided,
            days,
            is,
            should,
          })
      }
    }
  }
  expect(wrong).toEqual([])
  expect(answers).toBe(3_276 * OVERRIDES.length * LOOKS.length)
}, 120_000)
