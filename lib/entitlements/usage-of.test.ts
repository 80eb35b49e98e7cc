import { describe, expect, it } from 'vitest'
import { PLANS } from '@/lib/catalog/plans'
import { GREAT, SMALL } from '@/lib/catalog/tiers.fixture'
import { USAGE_POLICY } from '@/lib/catalog/usage-policy'
import { day, entitlement, NOW, row } from '@/lib/sync/rows.fixture'
import { usageOf } from './usage-of'

const FIRST = new Date('2026-11-01T00:00:00Z')
const NEXT = new Date('2026-12-01T00:00:00Z')
const counters = [
  { periodStart: FIRST, used: 3 },
  { periodStart: day(-10), used: 42 },
]

describe('the usage that a page shows', () => {
  it('is that of the subscription’s own month', () => {
    expect(usageOf({ subscriptions: [row()], counters }, entitlement(), NOW)).toEqual({
      used: 42,
      limit: PLANS[SMALL].monthlyUses,
      resetsAt: day(20),
    })
  })

  it('is that of the calendar month for who never bought, whose plan has ended, and who pays by the week', () => {
    const over = entitlement({ access: 'none', limits: { monthlyUses: 10 } })
    const free = { used: 3, limit: 10, resetsAt: NEXT }
    expect(usageOf({ subscriptions: [], counters }, null, NOW)).toEqual(free)
    expect(usageOf({ subscriptions: [row()], counters }, over, NOW)).toEqual(free)
    const weekly = row({ interval: null })
    expect(usageOf({ subscriptions: [weekly], counters }, entitlement(), NOW)).toMatchObject({
      used: 3,
      resetsAt: NEXT,
    })
  })

  it('is that of the calendar month for all where the catalog says so', () => {
    const policy = { ...USAGE_POLICY, usagePeriod: 'calendar_month' as const }
    expect(usageOf({ subscriptions: [row()], counters }, entitlement(), NOW, policy)).toMatchObject(
      {
        used: 3,
        resetsAt: NEXT,
      },
    )
  })

  it('keeps what was used when the plan changes in the middle of a month, up and down', () => {
    const upgraded = entitlement({ tier: GREAT, limits: { monthlyUses: 500 } })
    const shown = usageOf({ subscriptions: [row({ tier: GREAT })], counters }, upgraded, NOW)
    expect(shown).toEqual({ used: 42, limit: 500, resetsAt: day(20) })
  })

  it('has the limit that an operator gave in place of the plan’s', () => {
    const given = entitlement({ limits: { monthlyUses: 1234 } })
    expect(usageOf({ subscriptions: [row()], counters }, given, NOW).limit).toBe(1234)
  })
})
