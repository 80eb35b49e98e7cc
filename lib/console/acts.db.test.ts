import { beforeEach, describe, expect, test } from 'vitest'
import { listAudit } from '@/db/queries/audit'
import { findHead } from '@/db/queries/console-customer'
import { operatorActor } from '@/lib/audit/actor'
import { planWithFeature } from '@/lib/catalog/plan-with-feature'
import { GREAT } from '@/lib/catalog/tiers.fixture'
import { shopForFile } from '@/lib/checkout/shop-for-file.fixture'
import { can } from '@/lib/entitlements/can'
import { isFeature } from '@/lib/entitlements/overridden'
import { advance } from '@/lib/reconcile/subscribers.fixture'
import { stripeClient } from '@/lib/stripe/client'
import { someone } from '@/lib/workspaces/someone.fixture'
import { buyer, reason } from './buyer.fixture'
import { readCustomerFile } from './customer'
import { grantAccess, withholdAccess } from './decide-access'
import { endPlan } from './end-plan'
import { mergeDuplicate } from './merge-duplicate'
import { readRefundable } from './refundable'
import { revokeAccess } from './revoke-access'
import { syncNow } from './sync-now'

const ANA = operatorActor('f0000000-0000-4000-8000-00000000000d')
const FEATURE = 'api_access'
// Years: Stripe's clock here is ahead of the world's.
const until = new Date(Date.now() + 3_650 * 86_400_000)

const shop = shopForFile()
let one: Awaited<ReturnType<typeof buyer>>
beforeEach(async () => {
  one = await buyer()
})

describe('sync now', () => {
  test('has our records say what Stripe says, and is on record with the operator and the reason', async () => {
    await stripeClient().subscriptions.update(one.id, { cancel_at_period_end: true })
    const about = await one.about()
    await syncNow(ANA, about)
    const trail = (await listAudit(one.customerId)).slice(about.seen)
    expect(trail).toMatchObject([
      { action: 'console.sync', actor: ANA, after: { reason } },
      { action: 'subscription.schedule_cancel', actor: ANA },
    ])
  })

  test('is nothing for a workspace without a customer', async () => {
    const { workspaceId } = await someone()
    await expect(syncNow(ANA, { workspaceId, seen: 0, reason })).rejects.toMatchObject({
      reason: 'console_gone',
    })
  })
})

describe('access by hand', () => {
  test('is given, applies at once, is taken back, and says who and why', async () => {
    expect(await can(one.workspaceId, FEATURE)).toBe(false)
    const gift = { kind: 'feature', feature: FEATURE } as const
    await grantAccess(ANA, { ...(await one.about()), gift, until })
    expect(await can(one.workspaceId, FEATURE)).toBe(true)
    await revokeAccess(ANA, { ...(await one.about()), what: gift })
    expect(await can(one.workspaceId, FEATURE)).toBe(false)
    const trail = (await listAudit(one.customerId)).slice(-4)
    expect(trail).toMatchObject([
      { action: 'console.grant', actor: ANA, after: { feature: FEATURE, reason } },
      { action: 'override.grant', actor: ANA },
      { action: 'console.revoke', actor: ANA },
      { action: 'override.revoke', actor: ANA },
    ])
  })

  test('is taken away although it is paid for', async () => {
    const [feature] = planWithFeature('advanced_analytics')?.features ?? []
    if (!isFeature(feature)) return
    expect(await can(one.workspaceId, feature)).toBe(true)
    await withholdAccess(ANA, { ...(await one.about()), what: { kind: 'plan' }, until })
    expect(await can(one.workspaceId, feature)).toBe(false)
  })

  test('is given once for a double click', async () => {
    const asked = { ...(await one.about()), gift: { kind: 'plan', tier: GREAT } as const, until }
    await Promise.all([grantAccess(ANA, asked), grantAccess(ANA, asked)])
    const acts = await one.acts()
    expect(acts.filter((action) => action === 'override.grant')).toHaveLength(1)
  })

  test('until a day that is over is refused, and leaves nothing on record', async () => {
    const about = await one.about()
    const gift = { kind: 'plan', tier: GREAT } as const
    await expect(grantAccess(ANA, { ...about, gift, until: new Date(0) })).rejects.toMatchObject({
      reason: 'console_until',
    })
    expect(await findHead(one.customerId)).toBe(about.seen)
  })
})

describe('cancel now', () => {
  test('with a refund ends the plan and sends all of the period back, once for a double click', async () => {
    const asked = { ...(await one.about()), refund: true }
    await Promise.all([endPlan(ANA, asked), endPlan(ANA, asked)])
    expect(await one.statusOf(one.id)).toBe('canceled')
    expect(await one.refunds()).toEqual([1900])
    expect(await readCustomerFile(one.workspaceId)).toMatchObject({ current: { tier: 'free' } })
    const acts = await one.acts()
    for (const action of ['console.cancel', 'subscription.request_cancel_now', 'subscription.end'])
      expect(acts.filter((each) => each === action)).toHaveLength(1)
  })

  test('with a refund after an upgrade sends back all that the period was paid with, as the page says', async () => {
    await one.upgrade()
    const { currency = '', amount = 0 } = (await readRefundable(one.id, { id: one.userId })) ?? {}
    expect({ currency, more: amount > 1900 }).toEqual({ currency: 'usd', more: true })
    await endPlan(ANA, { ...(await one.about()), refund: true })
    const refunds = await one.refunds()
    expect(refunds).toHaveLength(2)
    expect(refunds).toContain(1900)
    expect(refunds.reduce((sum, each) => sum + each, 0)).toBe(amount)
    expect(await readRefundable(one.id, { id: one.userId })).toMatchObject({ amount: 0 })
  })

  test('with a refund while a change of plan is not paid sends back what the period was paid with', async () => {
    await one.upgrade('pm_card_chargeCustomerFail')
    expect(await readRefundable(one.id, { id: one.userId })).toMatchObject({ amount: 1900 })
    await endPlan(ANA, { ...(await one.about()), refund: true })
    expect((await one.refunds()).filter((each) => each > 0)).toEqual([1900])
  })

  test('with a refund sends back nothing that an earlier period was paid with', async () => {
    await advance(shop, 31 * 86_400 + 7200)
    await syncNow(ANA, await one.about())
    await endPlan(ANA, { ...(await one.about()), refund: true })
    expect((await one.refunds()).toSorted((a, b) => a - b)).toEqual([0, 1900])
  })

  test('with a refund of what was refunded in part before sends the rest of it back', async () => {
    await stripeClient().refunds.create({ charge: await one.charge(), amount: 500 })
    await endPlan(ANA, { ...(await one.about()), refund: true })
    expect(await one.statusOf(one.id)).toBe('canceled')
    expect(await one.refunds()).toEqual([1900])
  })

  test('with a refund that Stripe refuses says so, and cancels nothing', async () => {
    await disputed()
    await expect(endPlan(ANA, { ...(await one.about()), refund: true })).rejects.toMatchObject({
      reason: 'refund_refused',
    })
    expect(await one.statusOf(one.id)).toBe('active')
    expect(await one.refunds()).toEqual([0])
    // Stripe has the say about the money, and the operator about the plan.
    await endPlan(ANA, { ...(await one.about()), refund: false })
    expect(await one.statusOf(one.id)).toBe('canceled')
  })

  test('without a refund ends the plan and sends nothing back', async () => {
    await endPlan(ANA, { ...(await one.about()), refund: false })
    expect(await one.statusOf(one.id)).toBe('canceled')
    expect(await one.refunds()).toEqual([0])
  })

  test('from a second tab with another choice is refused, and no money moves', async () => {
    const about = await one.about()
    await endPlan(ANA, { ...about, refund: false })
    await expect(endPlan(ANA, { ...about, refund: true })).rejects.toMatchObject({
      reason: 'console_moved_on',
    })
    expect(await one.refunds()).toEqual([0])
  })

  test('of a plan that has ended says that there is none', async () => {
    await endPlan(ANA, { ...(await one.about()), refund: false })
    await expect(endPlan(ANA, { ...(await one.about()), refund: true })).rejects.toMatchObject({
      reason: 'console_gone',
    })
  })
})

describe('merging a duplicate', () => {
  test('ends the one that is named, with its money, and leaves the other as it is', async () => {
    const second = await one.subscribe('year')
    const ids = (await readCustomerFile(one.workspaceId))?.duplicates.map(({ id }) => id)
    expect(ids?.toSorted()).toEqual([one.id, second].toSorted())
    await mergeDuplicate(ANA, { ...(await one.about()), id: second, refund: true })
    expect(await one.statusOf(second)).toBe('canceled')
    expect(await one.statusOf(one.id)).toBe('active')
    expect((await one.refunds()).toSorted((a, b) => a - b)).toEqual([0, 19_000])
    expect((await readCustomerFile(one.workspaceId))?.duplicates).toEqual([])
    expect(await one.acts()).toContain('console.merge')
  })

  test('with a refund that Stripe refuses says so, and ends none', async () => {
    await disputed()
    await one.subscribe('year')
    const asked = { ...(await one.about()), id: one.id, refund: true }
    await expect(mergeDuplicate(ANA, asked)).rejects.toMatchObject({ reason: 'refund_refused' })
    expect(await one.statusOf(one.id)).toBe('active')
  })

  test('never ends the last one', async () => {
    const asked = { ...(await one.about()), id: one.id, refund: true }
    await expect(mergeDuplicate(ANA, asked)).rejects.toMatchObject({ reason: 'console_moved_on' })
    expect(await one.statusOf(one.id)).toBe('active')
    // Stripe has ended the other one, and our records do not know yet.
    const second = await one.subscribe('year')
    await stripeClient().subscriptions.cancel(one.id)
    const late = { ...(await one.about()), id: second, refund: true }
    await expect(mergeDuplicate(ANA, late)).rejects.toMatchObject({ reason: 'console_moved_on' })
    expect(await one.statusOf(second)).toBe('active')
    expect(await one.refunds()).toEqual([0, 0])
  })

  test('of another customer’s subscription is refused', async () => {
    await one.subscribe('year')
    const other = await buyer()
    const asked = { ...(await one.about()), id: other.id, refund: true }
    await expect(mergeDuplicate(ANA, asked)).rejects.toMatchObject({ reason: 'console_moved_on' })
    expect(await other.statusOf(other.id)).toBe('active')
  })
})

/** The bank of the buyer disputes the newest payment: Stripe refunds none of it. */
async function disputed(): Promise<void> {
  const id = await one.charge()
  shop.sandbox.change(null, (tx) => {
    tx.edit('charge', id).disputed = true
  })
}
