import { eq, sql } from 'drizzle-orm'
import { beforeEach, describe, expect, it } from 'vitest'
import { db } from '@/db/client'
import { listAudit } from '@/db/queries/audit'
import { customers, entitlementOverrides, entitlements, subscriptions } from '@/db/schema/billing'
import { syncTargets } from '@/db/schema/events'
import { GREAT, SMALL } from '@/lib/catalog/tiers.fixture'
import { shopForFile } from '@/lib/checkout/shop-for-file.fixture'
import { isSubscriptionId } from '@/lib/ids'
import { stripeClient } from '@/lib/stripe/client'
import { productionPorts } from '@/lib/sync/production-ports'
import { syncCustomer } from '@/lib/sync/sync-customer'
import { driftPorts } from './production-ports'
import { scanDrift } from './scan-drift'
import { advance, type Subscriber, settle, subscriber, UNPACED } from './subscribers.fixture'

const never = () => false
const actor = { type: 'system', job: 'test' } as const

const shop = shopForFile()
let one: Subscriber

beforeEach(async () => {
  one = await subscriber()
  await syncCustomer(productionPorts(), one.customerId, actor)
  // Every event has arrived: nothing is on its way any more.
  await advance(shop, 600)
})

const scan = () => scanDrift({ ...driftPorts(), ...UNPACED }, never)
const mine = () => eq(subscriptions.customerId, one.customerId)

async function trail() {
  const rows = await listAudit(one.customerId)
  return rows.map(({ action, actor: by, before, after }) => ({ action, by, before, after }))
}

async function accessOf({ workspaceId }: Subscriber) {
  const [row] = await db()
    .select()
    .from(entitlements)
    .where(eq(entitlements.workspaceId, workspaceId))
  return row
}

async function records() {
  const [row] = await db().select().from(subscriptions).where(mine())
  const access = await accessOf(one)
  return { status: row?.status, plan: row?.tier, tier: access?.tier }
}

describe('records that agree with Stripe', () => {
  it('are left as they are: nothing is written but the place', async () => {
    const before = await everything()
    const scanned = await scan()
    expect(scanned).toMatchObject({ drifted: 0, inFlight: 0, missing: 0, complete: true })
    expect(scanned.compared).toBeGreaterThan(0)
    expect(await everything()).toEqual(before)
  })
})

describe('a mirror that was changed by hand', () => {
  // breakage: a subscription's row is edited by hand | the customer's plan is right again after the daily scan, and the trail says what it was
  it('is repaired, and the trail says what stood there and what is true', async () => {
    await db().update(subscriptions).set({ status: 'canceled', tier: GREAT }).where(mine())
    expect(await scan()).toMatchObject({ drifted: 1, inFlight: 0 })
    await settle()
    expect(await records()).toEqual({ status: 'active', plan: SMALL, tier: SMALL })
    const named = { subscription: one.subscriptionId }
    expect(await trail()).toContainEqual({
      action: 'drift.detect',
      by: { type: 'system', job: 'cron.reconcile' },
      before: { ...named, status: 'canceled', tier: GREAT },
      after: { ...named, status: 'active', tier: SMALL },
    })
    expect(await scan()).toMatchObject({ drifted: 0 })
  })

  it('is repaired when the row is gone altogether', async () => {
    await db().delete(subscriptions).where(mine())
    expect(await scan()).toMatchObject({ drifted: 1 })
    await settle()
    expect(await records()).toEqual({ status: 'active', plan: SMALL, tier: SMALL })
  })

  it('is recorded once, by however many scans at the same time', async () => {
    await db().update(subscriptions).set({ quantity: 7 }).where(mine())
    const both = await Promise.all([scan(), scan()])
    expect(both[0].drifted + both[1].drifted).toBe(1)
    await settle()
    const recorded = (await trail()).filter(({ action }) => action === 'drift.detect')
    expect(recorded).toHaveLength(1)
  })
})

describe('access that does not follow from the rows', () => {
  // breakage: an entitlement is edited by hand | a plan that is not paid for ends with the daily scan
  it('is taken back', async () => {
    await db()
      .update(entitlements)
      .set({ tier: GREAT })
      .where(eq(entitlements.workspaceId, one.workspaceId))
    expect(await scan()).toMatchObject({ drifted: 1 })
    await settle()
    expect(await records()).toMatchObject({ tier: SMALL })
  })

  it('is given when its row was lost', async () => {
    await db().delete(entitlements).where(eq(entitlements.workspaceId, one.workspaceId))
    expect(await scan()).toMatchObject({ drifted: 1 })
    await settle()
    expect(await records()).toMatchObject({ tier: SMALL })
  })

  it('is found with a user who has no subscription at all', async () => {
    const granted = await accessOf(one)
    await stripeClient().subscriptions.cancel(one.subscriptionId)
    await stripeClient().customers.del(one.customerId)
    await syncCustomer(productionPorts(), one.customerId, actor, { customer: true })
    const other = await subscriber({ metadata: { app: 'othershop' } })
    if (granted)
      await db()
        .insert(entitlements)
        .values({ ...granted, workspaceId: other.workspaceId })
    await advance(shop, 600)
    expect(await scan()).toMatchObject({ drifted: 1 })
    await settle()
    expect((await accessOf(other))?.tier).toBe('free')
  })

  it('is given where an operator granted it, and the customer was not marked', async () => {
    const other = await subscriber({ metadata: { app: 'othershop' } })
    await db()
      .insert(entitlementOverrides)
      .values({
        workspaceId: other.workspaceId,
        ...({ kind: 'plan', name: '', effect: 'grant', tier: GREAT } as const),
        reason: 'Conference speaker',
        actor: { type: 'system', job: 'test' },
        expiresAt: new Date(Date.now() + 3_650 * 86_400_000),
      })
    await advance(shop, 600)
    expect(await scan()).toMatchObject({ drifted: 1 })
    await settle()
    expect(await accessOf(other)).toMatchObject({ tier: GREAT, access: 'full' })
    expect(await scan()).toMatchObject({ drifted: 0 })
  })
})

describe('what Stripe has and we do not', () => {
  // breakage: a subscription is made in the dashboard while all webhooks are lost | the customer has the plan after the daily scan
  it('is taken in, with its customer and its user', async () => {
    await db().delete(subscriptions).where(mine())
    await db().delete(entitlements).where(eq(entitlements.workspaceId, one.workspaceId))
    await db().delete(customers).where(eq(customers.id, one.customerId))
    expect(await scan()).toMatchObject({ drifted: 1 })
    await settle()
    expect(await records()).toEqual({ status: 'active', plan: SMALL, tier: SMALL })
  })

  it('is left alone when it is another application’s', async () => {
    const other = await subscriber({ metadata: { app: 'othershop' } })
    await advance(shop, 600)
    expect(await scan()).toMatchObject({ drifted: 0, inFlight: 0 })
    const [target] = await db()
      .select()
      .from(syncTargets)
      .where(eq(syncTargets.key, other.customerId))
    expect(target).toBeUndefined()
  })

  it('may live on a test clock, which the list of all does not show', async () => {
    const clock = await stripeClient().testHelpers.testClocks.create({
      frozen_time: Math.floor(Date.now() / 1000),
    })
    const customer = await stripeClient().customers.create({ test_clock: clock.id })
    const card = await stripeClient().paymentMethods.attach('pm_card_visa', {
      customer: customer.id,
    })
    const [sold] = (await stripeClient().subscriptions.list({ customer: one.customerId })).data
    await stripeClient().subscriptions.create({
      customer: customer.id,
      default_payment_method: card.id,
      items: [{ price: sold?.items.data[0]?.price.id ?? '' }],
    })
    await syncCustomer(productionPorts(), customer.id as `cus_${string}`, actor)
    await advance(shop, 600)
    expect(await scan()).toMatchObject({ drifted: 0, missing: 0 })
  })
})

describe('what we have and Stripe does not', () => {
  // breakage: a customer is deleted at Stripe and the webhook is lost | access ends with the daily scan
  it('ends when its customer was deleted', async () => {
    await stripeClient().customers.del(one.customerId)
    await advance(shop, 600)
    expect(await scan()).toMatchObject({ drifted: 1 })
    await settle()
    expect(await records()).toMatchObject({ status: 'canceled', tier: 'free' })
    expect(await scan()).toMatchObject({ drifted: 0, missing: 0 })
  })

  it('is recorded once when its customer was deleted before we knew it', async () => {
    await db().delete(subscriptions).where(mine())
    await db().delete(entitlements).where(eq(entitlements.workspaceId, one.workspaceId))
    await db().delete(customers).where(eq(customers.id, one.customerId))
    await stripeClient().customers.del(one.customerId)
    await advance(shop, 600)
    expect(await scan()).toMatchObject({ drifted: 1 })
    await settle()
    expect(await scan()).toMatchObject({ drifted: 0, inFlight: 0 })
  })

  it('is marked and kept when the cause is unknown, and recorded once', async () => {
    const [row] = await db().select().from(subscriptions).where(mine())
    const id = `sub_lost${one.workspaceId.replaceAll('-', '')}`
    if (row && isSubscriptionId(id))
      await db()
        .insert(subscriptions)
        .values({ ...row, id })
    expect(await scan()).toMatchObject({ drifted: 1, missing: 1 })
    await expect(settle()).rejects.toThrow('stays dirty')
    expect(await records()).toMatchObject({ tier: SMALL })
    expect(await scan()).toMatchObject({ drifted: 0, inFlight: 1, missing: 1 })
    await db().execute(sql`delete from subscriptions where id = ${id}`)
    await settle()
  })
})

async function everything() {
  const tables = ['sync_targets', 'subscriptions', 'entitlements', 'audit_log', 'customers']
  const sums = tables.map((table) =>
    db().execute(
      sql`select md5(string_agg(t::text, '' order by t::text)) from ${sql.identifier(table)} t`,
    ),
  )
  return (await Promise.all(sums)).map(([row]) => row)
}
