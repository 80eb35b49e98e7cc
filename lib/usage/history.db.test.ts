import { eq } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import { db } from '@/db/client'
import { countUsage } from '@/db/queries/usage'
import { outbox } from '@/db/schema/events'
import { shopper } from '@/lib/checkout/shop.fixture'
import { shopForFile } from '@/lib/checkout/shop-for-file.fixture'
import { ensureCustomer } from '@/lib/customers/ensure'
import type { WorkspaceId } from '@/lib/ids'
import { deliverMeterEvents } from '@/lib/outbox/deliver-meter-events'
import { businessClock } from '@/lib/stripe/business-clock'
import { stripeClient } from '@/lib/stripe/client'
import { usageHistory } from './history'
import { USAGE_RULES } from './rules'

shopForFile()

function use(workspaceId: WorkspaceId, now: Date, useKey: string, meter: string | null = null) {
  return countUsage({
    workspaceId,
    now,
    useKey,
    quantity: 2,
    holdSeconds: null,
    rules: { ...USAGE_RULES, meter },
    planState: null,
  })
}

describe('the history of uses', () => {
  it('has each day in UTC, those without a use, too, and each use once', async () => {
    const { workspaceId } = await shopper()
    await use(workspaceId, new Date('2027-03-27T23:59:59Z'), 'a')
    await use(workspaceId, new Date('2027-03-28T00:00:00Z'), 'b')
    await use(workspaceId, new Date('2027-03-28T12:00:00Z'), 'b')
    await use(workspaceId, new Date('2027-03-28T23:30:00Z'), 'c')
    expect(await usageHistory(workspaceId, new Date('2027-03-29T01:00:00Z'), 4)).toEqual([
      { day: '2027-03-26', units: 0 },
      { day: '2027-03-27', units: 2 },
      { day: '2027-03-28', units: 4 },
      { day: '2027-03-29', units: 0 },
    ])
  })
})

describe('a meter at Stripe', () => {
  it('counts each use once, however often it is sent', async () => {
    const { workspaceId, actor } = await shopper()
    const customer = await ensureCustomer(actor, workspaceId)
    const meter = await stripeClient().billing.meters.create({
      display_name: 'Reports',
      event_name: 'exports',
      default_aggregation: { formula: 'sum' },
    })
    const now = await businessClock().now()
    await use(workspaceId, now, 'a', 'exports')
    await use(workspaceId, now, 'a', 'exports')
    await use(workspaceId, now, 'b', 'exports')
    expect(await deliverMeterEvents(businessClock())).toBe(1)
    // As if the process that sent them had died before it was written down, a day later by Stripe's idempotency keys.
    await db()
      .update(outbox)
      .set({ deliveredAt: null, nextRunAt: new Date(0) })
      .where(eq(outbox.kind, 'meter_event'))
    expect(await deliverMeterEvents(businessClock())).toBe(1)
    const start = Math.floor(now.getTime() / 60_000) * 60
    const { data } = await stripeClient().billing.meters.listEventSummaries(meter.id, {
      customer,
      start_time: start - 60,
      end_time: start + 120,
    })
    expect(data.reduce((sum, { aggregated_value: value }) => sum + value, 0)).toBe(4)
  })

  it('hears nothing where the catalog names none, or where no one is billed', async () => {
    const { workspaceId } = await shopper()
    await use(workspaceId, new Date(), 'a')
    await use(workspaceId, new Date(), 'b', 'exports')
    expect(await deliverMeterEvents(businessClock())).toBe(0)
    expect(USAGE_RULES.meter).toBeNull()
  })
})
