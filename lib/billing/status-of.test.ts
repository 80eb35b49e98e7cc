import { describe, expect, it } from 'vitest'
import type { BillingRows } from '@/db/queries/billing'
import { PLANS } from '@/lib/catalog/plans'
import { SMALL } from '@/lib/catalog/tiers.fixture'
import { CUSTOMER, day, entitlement, NOW, row } from '@/lib/sync/rows.fixture'
import { billingOf } from './billing'
import { statusOf } from './status-of'

const NEVER_BOUGHT: BillingRows = {
  entitlement: null,
  overrides: [],
  subscriptions: [],
  customerId: null,
  lastSyncedAt: null,
  dirty: false,
  counters: [],
  credits: 0,
  isDisputed: false,
}

const status = (rows: BillingRows) => JSON.stringify(statusOf(billingOf(rows, NOW, false)))

describe('GET /api/billing/status', () => {
  it('answers a user who never bought, name for name', () => {
    expect(status(NEVER_BOUGHT)).toBe(
      '{"tier":"free","status":"none","current_period_end":null,"cancel_at_period_end":false,' +
        '"cancel_at":null,"features":[],' +
        '"usage":{"used":0,"limit":10,"resets_at":"2026-12-01T00:00:00.000Z"}}',
    )
  })

  it('answers a subscriber who has canceled, with instants in UTC', () => {
    const rows: BillingRows = {
      entitlement: entitlement(),
      overrides: [],
      subscriptions: [row({ cancelAt: day(20), cancelAtPeriodEnd: true })],
      customerId: CUSTOMER,
      lastSyncedAt: NOW,
      dirty: false,
      counters: [{ periodStart: day(-10), used: 42 }],
      credits: 0,
      isDisputed: false,
    }
    expect(status(rows)).toBe(
      `{"tier":"${SMALL}","status":"active","current_period_end":"2026-12-13T12:00:00.000Z",` +
        '"cancel_at_period_end":true,"cancel_at":"2026-12-13T12:00:00.000Z",' +
        `"features":${JSON.stringify(PLANS[SMALL].features)},` +
        `"usage":{"used":42,"limit":${PLANS[SMALL].monthlyUses},"resets_at":"2026-12-13T12:00:00.000Z"}}`,
    )
  })
})
