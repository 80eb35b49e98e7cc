import { eq } from 'drizzle-orm'
import { afterAll, beforeEach, describe, expect, it } from 'vitest'
import { db, disconnect } from '@/db/client'
import { listAudit } from '@/db/queries/audit'
import { customers, subscriptions } from '@/db/schema/billing'
import { BRAND } from '@/lib/brand'
import { GREAT, SMALL } from '@/lib/catalog/tiers.fixture'
import type { CustomerId } from '@/lib/ids'
import { oneCustomer } from './one-customer.fixture'
import { syncCustomer } from './sync-customer'

const actor = { type: 'system', job: 'test' } as const
let one: Awaited<ReturnType<typeof oneCustomer>>

beforeEach(async () => {
  one = await oneCustomer()
})

afterAll(disconnect)

describe('access', () => {
  it('does not end with an old subscription when a new one lives', async () => {
    const old = one.snapshot({ id: `sub_old${one.workspaceId}` })
    const fresh = one.snapshot({
      id: `sub_new${one.workspaceId}`,
      tier: GREAT,
      created: new Date('2026-11-10T00:00:00Z'),
    })
    one.stripe.show(fresh, old)
    await syncCustomer(one.ports, one.customerId, actor)
    one.stripe.show(fresh, { ...old, status: 'canceled', endedAt: new Date() })
    await syncCustomer(one.ports, one.customerId, actor)
    expect(await one.entitlement()).toMatchObject({ tier: GREAT, subscriptionId: fresh.id })
  })

  it('is kept when the price becomes an unknown one, and the target is tried again', async () => {
    one.stripe.show(one.snapshot({ tier: GREAT }))
    await syncCustomer(one.ports, one.customerId, actor)
    one.stripe.show(one.snapshot({ tier: null, priceId: 'price_unknown' }))
    await syncCustomer(one.ports, one.customerId, actor)
    expect((await one.entitlement())?.tier).toBe(GREAT)
    const row = await one.target()
    expect(row).toMatchObject({ attempts: 1, leaseUntil: null })
    expect(row?.lastError).toContain('price_unknown')
    expect(row?.dirtySeq).toBeGreaterThan(row?.syncedSeq ?? 0)
  })

  it('follows a change of plan whole, so that the next read has nothing left to say', async () => {
    one.stripe.show(one.snapshot())
    await syncCustomer(one.ports, one.customerId, actor)
    one.stripe.show(one.snapshot({ tier: GREAT }))
    await syncCustomer(one.ports, one.customerId, actor)
    expect(await one.entitlement()).toMatchObject({ tier: GREAT, earnedTier: GREAT })
    await syncCustomer(one.ports, one.customerId, actor)
    const actions = (await listAudit(one.customerId)).map(({ action }) => action)
    expect(actions).toEqual(['subscription.start', 'subscription.change_plan'])
  })

  it('never goes back to a plan that was given up, because a price becomes an unknown one', async () => {
    for (const given of [{ tier: GREAT }, { tier: SMALL }, { tier: null, priceId: 'price_x' }]) {
      one.stripe.show(one.snapshot(given))
      await syncCustomer(one.ports, one.customerId, actor)
    }
    expect((await one.entitlement())?.tier).toBe(SMALL)
  })

  it('does not end because Stripe stopped showing a subscription of a customer that lives', async () => {
    one.stripe.show(one.snapshot())
    await syncCustomer(one.ports, one.customerId, actor)
    one.stripe.show()
    one.stripe.know(one.customerId, {
      app: BRAND.stripe.app,
      env: 'test',
      workspaceId: one.workspaceId,
      userId: null,
    })
    await expect(syncCustomer(one.ports, one.customerId, actor)).rejects.toThrow()
    expect((await one.entitlement())?.tier).toBe(SMALL)
  })

  it('ends with a customer that was deleted at Stripe', async () => {
    one.stripe.show(one.snapshot())
    await syncCustomer(one.ports, one.customerId, actor)
    one.stripe.show()
    one.stripe.deleteCustomer(one.customerId)
    await syncCustomer(one.ports, one.customerId, actor)
    expect((await one.entitlement())?.tier).toBe('free')
    const [row] = await db()
      .select()
      .from(subscriptions)
      .where(eq(subscriptions.customerId, one.customerId))
    expect(row?.status).toBe('canceled')
    const [customer] = await db().select().from(customers).where(eq(customers.id, one.customerId))
    expect(customer?.deletedAt).not.toBeNull()
  })

  it('is not touched by what still comes for a customer that was deleted and replaced', async () => {
    one.stripe.show(one.snapshot())
    await syncCustomer(one.ports, one.customerId, actor)
    one.stripe.show()
    one.stripe.deleteCustomer(one.customerId)
    await syncCustomer(one.ports, one.customerId, actor)

    const next: CustomerId = `${one.customerId}2`
    await db().insert(customers).values({ id: next, workspaceId: one.workspaceId, livemode: false })
    one.stripe.show(one.snapshot({ id: `sub_${next}`, customerId: next, tier: GREAT }))
    await syncCustomer(one.ports, next, actor)
    expect((await one.entitlement())?.tier).toBe(GREAT)

    one.stripe.show()
    await one.ingest({ type: 'customer.deleted' })
    await syncCustomer(one.ports, one.customerId, actor)
    expect((await one.entitlement())?.tier).toBe(GREAT)
  })
})
