import { eq } from 'drizzle-orm'
import { afterAll, beforeEach, describe, expect, it } from 'vitest'
import { db, disconnect } from '@/db/client'
import { listAudit } from '@/db/queries/audit'
import { customers, entitlementOverrides, entitlements } from '@/db/schema/billing'
import { PLANS } from '@/lib/catalog/plans'
import { GREAT, SMALL } from '@/lib/catalog/tiers.fixture'
import { can } from '@/lib/entitlements/can'
import { entitlements as entitlementsOf } from '@/lib/entitlements/read'
import { oneCustomer } from '@/lib/sync/one-customer.fixture'
import { runClaim } from '@/lib/sync/run-claim'
import { syncCustomer } from '@/lib/sync/sync-customer'
import { newWorkspaceId, someone } from '@/lib/workspaces/someone.fixture'
import { extendOverride } from './extend'
import { grantOverride } from './grant'
import { revokeOverride } from './revoke'
import { withholdOverride } from './withhold'

const OPS = { type: 'system', job: 'grant by ops' } as const
// One day for the whole file, be it midnight meanwhile.
const TODAY = Math.floor(Date.now() / 86_400_000) * 86_400_000
const WHY = { reason: 'Conference speaker' }
const UNTIL = { until: inDays(30), ...WHY }
const PLAN = { kind: 'plan', tier: GREAT } as const
const ONLY_GREAT = PLANS[GREAT].features.find((one) => !PLANS[SMALL].features.includes(one))
const [IN_SMALL] = PLANS[SMALL].features
if (!ONLY_GREAT || !IN_SMALL) throw new Error('The catalog has no feature to test with.')
const API = { kind: 'feature', feature: ONLY_GREAT } as const

let one: Awaited<ReturnType<typeof oneCustomer>>
beforeEach(async () => {
  one = await oneCustomer()
  one.stripe.show(one.snapshot())
  await syncCustomer(one.ports, one.customerId, OPS)
})
afterAll(disconnect)

const rows = () =>
  db()
    .select()
    .from(entitlementOverrides)
    .where(eq(entitlementOverrides.workspaceId, one.workspaceId))
const trail = async () =>
  (await listAudit(one.customerId)).filter(({ action }) => action.startsWith('override.'))

describe('a plan that is granted', () => {
  it('is there with the commit, with its reason and its end, and is signed', async () => {
    await grantOverride(OPS, one.workspaceId, PLAN, UNTIL)
    expect(await one.entitlement()).toMatchObject({
      ...{ tier: GREAT, earnedTier: SMALL, access: 'full', validUntil: UNTIL.until },
      reason: expect.stringContaining(WHY.reason),
    })
    expect(await can(one.workspaceId, ONLY_GREAT)).toBe(true)
    expect(await trail()).toMatchObject([
      {
        actor: OPS,
        action: 'override.grant',
        after: { kind: 'plan', tier: GREAT, ...WHY, entitlement: { tier: GREAT } },
      },
    ])
  })

  it('survives every sync, and counts beside what is bought later', async () => {
    await grantOverride(OPS, one.workspaceId, PLAN, UNTIL)
    one.stripe.show({ ...one.snapshot(), status: 'canceled', endedAt: new Date() })
    await syncCustomer(one.ports, one.customerId, OPS)
    expect(await one.entitlement()).toMatchObject({ tier: GREAT, earnedTier: 'free' })
  })

  it('is not lost to a read of Stripe that had begun before, nor taken back by one', async () => {
    const { claim } = await one.ports.ledger.claimTarget(one.customerId, { mark: true })
    await grantOverride(OPS, one.workspaceId, PLAN, UNTIL)
    expect(await runClaim(one.ports, claim ?? expect.unreachable(), OPS)).toMatchObject({
      applied: false,
    })
    expect((await one.entitlement())?.tier).toBe(GREAT)

    const late = await one.ports.ledger.claimTarget(one.customerId, { mark: true })
    await revokeOverride(OPS, one.workspaceId, PLAN, { reason: 'A mistake' })
    await runClaim(one.ports, late.claim ?? expect.unreachable(), OPS)
    expect(await can(one.workspaceId, ONLY_GREAT)).toBe(false)
    const target = await one.target()
    expect(target?.dirtySeq).toBeGreaterThan(target?.syncedSeq ?? 0)
  })

  it('ends by itself, and leaves what is paid for', async () => {
    await grantOverride(OPS, one.workspaceId, PLAN, UNTIL)
    const over = { expiresAt: new Date(Date.now() - 1) }
    await db().update(entitlementOverrides).set(over)
    await db().update(entitlements).set({ validUntil: over.expiresAt })
    expect(await entitlementsOf(one.workspaceId)).toMatchObject({ tier: SMALL, access: 'full' })
  })

  it('is one row, however often it is granted, and twice the same leaves one audit row', async () => {
    await Promise.all([1, 2, 3].map(() => grantOverride(OPS, one.workspaceId, PLAN, UNTIL)))
    await grantOverride(OPS, one.workspaceId, { kind: 'plan', tier: SMALL }, UNTIL)
    expect(await rows()).toMatchObject([{ tier: SMALL, ...WHY }])
    expect(await trail()).toHaveLength(2)
    expect((await one.entitlement())?.tier).toBe(SMALL)
  })

  it('can be made to last longer, and not shorter', async () => {
    await grantOverride(OPS, one.workspaceId, PLAN, UNTIL)
    const longer = { until: inDays(60), reason: 'Second talk' }
    await extendOverride(OPS, one.workspaceId, PLAN, longer)
    await extendOverride(OPS, one.workspaceId, PLAN, longer)
    expect(await one.entitlement()).toMatchObject({ tier: GREAT, validUntil: longer.until })
    const shorter = { until: inDays(10), ...WHY }
    await expect(extendOverride(OPS, one.workspaceId, PLAN, shorter)).rejects.toThrow('later')
    expect((await trail()).map(({ action }) => action)).toEqual([
      'override.grant',
      'override.extend',
    ])
  })

  it('is taken back at once, and what is gone is neither revoked nor extended again', async () => {
    await grantOverride(OPS, one.workspaceId, PLAN, UNTIL)
    await revokeOverride(OPS, one.workspaceId, PLAN, { reason: 'A mistake' })
    expect(await can(one.workspaceId, ONLY_GREAT)).toBe(false)
    expect(await one.entitlement()).toMatchObject({ tier: SMALL })
    expect(await trail()).toMatchObject([{}, { after: { reason: 'A mistake' } }])
    await expect(revokeOverride(OPS, one.workspaceId, PLAN, WHY)).rejects.toThrow('nothing')
    await expect(extendOverride(OPS, one.workspaceId, PLAN, UNTIL)).rejects.toThrow('nothing')
  })
})

describe('a feature, and a limit', () => {
  it('are given on top of the plan, each in a row of its own', async () => {
    const limit = { kind: 'limit', limit: 'monthlyUses', amount: 7 } as const
    await grantOverride(OPS, one.workspaceId, API, UNTIL)
    await grantOverride(OPS, one.workspaceId, limit, { until: inDays(5), ...WHY })
    expect(await entitlementsOf(one.workspaceId)).toMatchObject({
      ...{ tier: SMALL, limits: { monthlyUses: 7 } },
      features: expect.arrayContaining([ONLY_GREAT]),
    })
    expect((await one.entitlement())?.validUntil).toEqual(limit.amount && inDays(5))
    expect(await rows()).toHaveLength(2)
    await revokeOverride(OPS, one.workspaceId, API, { reason: 'A mistake' })
    expect(await can(one.workspaceId, ONLY_GREAT)).toBe(false)
  })

  it('is taken away although it is paid for, and comes back with the end of that', async () => {
    const support = { kind: 'feature', feature: IN_SMALL } as const
    await withholdOverride(OPS, one.workspaceId, support, UNTIL)
    expect(await can(one.workspaceId, IN_SMALL)).toBe(false)
    await syncCustomer(one.ports, one.customerId, OPS)
    expect(await can(one.workspaceId, IN_SMALL)).toBe(false)
    expect(await trail()).toMatchObject([{ action: 'override.withhold' }])
    await revokeOverride(OPS, one.workspaceId, support, { reason: 'Resolved' })
    expect(await can(one.workspaceId, IN_SMALL)).toBe(true)
  })

  it('a plan that is withheld leaves what is free', async () => {
    await withholdOverride(OPS, one.workspaceId, { kind: 'plan' }, UNTIL)
    expect(await entitlementsOf(one.workspaceId)).toMatchObject({ tier: 'free', access: 'none' })
    await revokeOverride(OPS, one.workspaceId, { kind: 'plan' }, { reason: 'Resolved' })
    expect(await entitlementsOf(one.workspaceId)).toMatchObject({ tier: SMALL })
  })
})

describe('a workspace without a customer', () => {
  it('that was given a plan keeps it when it buys a lesser one, and its fence only rises', async () => {
    await db()
      .delete(customers)
      .where(eq(customers.id, (await oneCustomerLess()).customerId))
    for (const days of [10, 20, 30])
      await grantOverride(OPS, one.workspaceId, PLAN, { until: inDays(days), ...WHY })
    expect(await one.entitlement()).toMatchObject({ tier: GREAT, earnedTier: 'free', fence: 3 })
    const customer = { id: one.customerId, workspaceId: one.workspaceId, livemode: false }
    await db().insert(customers).values(customer)
    one.stripe.show(one.snapshot())
    await syncCustomer(one.ports, one.customerId, OPS)
    expect((await one.target())?.fence).toBeLessThan(4)
    expect(await one.entitlement()).toMatchObject({ tier: GREAT, earnedTier: SMALL, fence: 4 })
  })

  it('is given a plan all the same', async () => {
    const { workspaceId } = await someone()
    await grantOverride(OPS, workspaceId, PLAN, UNTIL)
    expect(await entitlementsOf(workspaceId)).toMatchObject({ tier: GREAT, fence: 1 })
    expect(await listAudit(`workspace:${workspaceId}`)).toMatchObject([
      { action: 'override.grant' },
    ])
  })

  it('has to be there, and a decision needs a reason and an end to come', async () => {
    const { workspaceId } = await someone()
    const missing = grantOverride(OPS, newWorkspaceId(), PLAN, UNTIL)
    await expect(missing).rejects.toThrow('no workspace')
    for (const bad of [
      { until: inDays(30), reason: ' ' },
      { until: new Date(), ...WHY },
      { until: new Date('never'), ...WHY },
    ])
      await expect(grantOverride(OPS, workspaceId, PLAN, bad)).rejects.toThrow()
    const limit = { kind: 'limit', limit: 'monthlyUses', amount: -1 } as const
    await expect(grantOverride(OPS, workspaceId, limit, UNTIL)).rejects.toThrow('whole number')
    expect(await listAudit(`workspace:${workspaceId}`)).toEqual([])
    expect(await entitlementsOf(workspaceId)).toMatchObject({ tier: 'free', fence: 0 })
  })
})

/** The same as `one`, before its user ever bought. */
async function oneCustomerLess() {
  one = await oneCustomer()
  return one
}

function inDays(days: number): Date {
  return new Date(TODAY + days * 86_400_000)
}
