import { eq, sql } from 'drizzle-orm'
import { beforeEach, describe, expect, it } from 'vitest'
import { db } from '@/db/client'
import { listAudit } from '@/db/queries/audit'
import { claimTarget } from '@/db/queries/ledger'
import { subscriptions } from '@/db/schema/billing'
import { syncTargets } from '@/db/schema/events'
import { shopForFile } from '@/lib/checkout/shop-for-file.fixture'
import { stripeClient } from '@/lib/stripe/client'
import { productionPorts } from '@/lib/sync/production-ports'
import { syncCustomer } from '@/lib/sync/sync-customer'
import { driftPorts } from './production-ports'
import { recordDrift } from './record-drift'
import { scanDrift } from './scan-drift'
import { advance, type Subscriber, settle, subscriber, UNPACED } from './subscribers.fixture'

const actor = { type: 'system', job: 'test' } as const

const shop = shopForFile()
let one: Subscriber

beforeEach(async () => {
  one = await subscriber()
  await syncCustomer(productionPorts(), one.customerId, actor)
  // Every event has arrived: nothing is on its way any more.
  await advance(shop, 600)
})

const scan = () => scanDrift({ ...driftPorts(), ...UNPACED }, () => false)
const mine = () => eq(subscriptions.customerId, one.customerId)

describe('a difference that is no drift', () => {
  const tamper = () => db().update(subscriptions).set({ quantity: 7 }).where(mine())

  it('has a webhook that is on its way', async () => {
    await stripeClient().subscriptions.update(one.subscriptionId, { cancel_at_period_end: true })
    expect(await scan()).toMatchObject({ drifted: 0, inFlight: 1 })
    await advance(shop, 600)
    expect(await scan()).toMatchObject({ drifted: 1, inFlight: 0 })
    await settle()
  })

  it('is of a customer whose news waits already', async () => {
    await tamper()
    await db()
      .update(syncTargets)
      .set({ dirtySeq: sql`dirty_seq + 1` })
      .where(eq(syncTargets.key, one.customerId))
    expect(await scan()).toMatchObject({ drifted: 0, inFlight: 1 })
    await settle()
    expect(await scan()).toMatchObject({ drifted: 0, inFlight: 0 })
  })

  it('is of a customer who is being read', async () => {
    await tamper()
    await claimTarget(one.customerId)
    expect(await scan()).toMatchObject({ drifted: 0, inFlight: 1 })
    await db()
      .update(syncTargets)
      .set({ leaseUntil: null })
      .where(eq(syncTargets.key, one.customerId))
    expect(await scan()).toMatchObject({ drifted: 1 })
    await settle()
  })

  it('is of a customer who was read after the page was', async () => {
    const drift = { key: one.customerId, differences: [{ before: null, after: { quantity: 1 } }] }
    await syncCustomer(productionPorts(), one.customerId, actor)
    const before = await listAudit(one.customerId)
    expect(await recordDrift(drift, 60_000)).toBe(false)
    expect(await listAudit(one.customerId)).toEqual(before)
    expect(await recordDrift(drift, 0)).toBe(true)
    await settle()
  })
})
