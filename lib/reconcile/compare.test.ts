import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { LocalState } from '@/db/queries/reconcile'
import { GREAT, SMALL } from '@/lib/catalog/tiers.fixture'
import { deriveEntitlement } from '@/lib/entitlements/derive'
import { STATUSES } from '@/lib/status'
import {
  CONTEXT,
  CUSTOMER,
  customer,
  day,
  entitlement,
  item,
  NOW,
  override,
  row,
  snapshot,
} from '@/lib/sync/rows.fixture'
import { compareAccess, compareSubscription } from './compare'

function records(over: Partial<LocalState> = {}): LocalState {
  return {
    key: CUSTOMER,
    customer: customer(),
    superseded: false,
    subscriptions: [row()],
    entitlement: entitlement(),
    overrides: [],
    linkable: false,
    ...over,
  }
}

describe('a subscription', () => {
  const compare = (shown = snapshot(), kept = records()) =>
    compareSubscription(shown, kept, CONTEXT)

  it('that is as we have it is no difference', () => {
    expect(compare()).toBeNull()
  })

  // breakage: a row of ours is changed by hand | until the daily scan the customer sees the wrong plan
  it('differs in what differs, and in nothing else', () => {
    const shown = snapshot({ status: 'canceled', endedAt: day(-1) })
    expect(compare(shown)).toEqual({
      before: { subscription: 'sub_1', status: 'active', endedAt: null },
      after: { subscription: 'sub_1', status: 'canceled', endedAt: day(-1) },
    })
  })

  it('that we have never heard of has nothing before', () => {
    expect(compare(snapshot({ id: 'sub_2' }))?.before).toBeNull()
    expect(compareSubscription(snapshot(), undefined, CONTEXT)?.before).toBeNull()
  })

  it('is past due since we first knew, and a second unpaid invoice is no difference', () => {
    const kept = records({ subscriptions: [row({ status: 'past_due', pastDueSince: day(-9) })] })
    expect(compare(snapshot({ status: 'past_due' }), kept)).toBeNull()
  })

  it('of a deleted customer ended when we noticed, which no sync can correct', () => {
    const shown = snapshot({ status: 'canceled', endedAt: day(-3) })
    const ended = row({ status: 'canceled', endedAt: day(-1) })
    const deleted = customer({ deletedAt: day(-1) })
    expect(compare(shown, records({ customer: deleted, subscriptions: [ended] }))).toBeNull()
    expect(compare(shown, records({ customer: deleted, subscriptions: [] }))).toBeNull()
    expect(compare(shown, records({ customer: deleted }))).not.toBeNull()
  })
})

describe('access', () => {
  it('that follows from the rows is no difference', () => {
    expect(compareAccess(records(), NOW)).toBeNull()
  })

  // breakage: an entitlement is changed by hand | a plan that is not paid for, until the daily scan
  it('that is more than was paid for differs', () => {
    expect(compareAccess(records({ entitlement: entitlement({ tier: GREAT }) }), NOW)).toEqual({
      before: { tier: GREAT },
      after: { tier: SMALL },
    })
    expect(compareAccess(records({ subscriptions: [] }), NOW)?.after).toMatchObject({
      tier: 'free',
    })
  })

  // breakage: an entitlement is lost | a customer who pays has nothing, until the daily scan
  it('that is missing differs when something is due', () => {
    expect(compareAccess(records({ entitlement: null }), NOW)).toMatchObject({
      before: null,
      after: { tier: SMALL },
    })
  })

  it('of a user who never bought needs no row', () => {
    expect(compareAccess(records({ subscriptions: [], entitlement: null }), NOW)).toBeNull()
  })

  it('may be explained in other words than today’s', () => {
    const kept = entitlement({ reason: 'As last year’s release put it.' })
    expect(compareAccess(records({ entitlement: kept }), NOW)).toBeNull()
  })

  it('is not what a customer without a workspace, or one that was replaced, is asked about', () => {
    const wrong = { entitlement: entitlement({ tier: GREAT }) }
    for (const over of [
      { customer: null },
      { customer: customer({ workspaceId: null }) },
      { customer: customer({ deletedAt: day(-1) }) },
      { superseded: true },
    ]) {
      expect(compareAccess(records({ ...wrong, ...over }), NOW)).toBeNull()
    }
  })

  it('never differs because time has passed: leases end by themselves', () => {
    const rows = fc.uniqueArray(
      fc
        .record({
          id: fc.nat(20).map((n) => `sub_${n}` as const),
          status: fc.constantFrom(...STATUSES),
          tier: fc.constantFrom(SMALL, GREAT),
          pastDueSince: fc.integer({ min: -30, max: 0 }).map(day),
          currentPeriodEnd: fc.integer({ min: -30, max: 30 }).map(day),
          cancelAt: fc.option(fc.integer({ min: -5, max: 30 }).map(day)),
        })
        .map(row),
      { selector: ({ id }) => id, maxLength: 4 },
    )
    const overrides = fc.array(
      fc
        .record({
          tier: fc.constantFrom(SMALL, GREAT),
          expiresAt: fc.integer({ min: -5, max: 60 }).map(day),
        })
        .map(override),
      { maxLength: 2 },
    )
    fc.assert(
      fc.property(rows, overrides, fc.nat(90), (subscriptions, given, later) => {
        const inputs = { subscriptions, overrides: given, previous: null, now: NOW }
        const kept = entitlement(deriveEntitlement(inputs).entitlement)
        const current = records({ subscriptions, overrides: given, entitlement: kept })
        expect(compareAccess(current, day(later))).toBeNull()
      }),
      { numRuns: 2_000 },
    )
  })
})

it('a price with another tier than we noted is a difference', () => {
  const shown = snapshot({ items: [item({ metadataTier: GREAT })] })
  expect(compareSubscription(shown, records(), CONTEXT)?.after).toEqual({
    subscription: 'sub_1',
    tier: GREAT,
  })
})
