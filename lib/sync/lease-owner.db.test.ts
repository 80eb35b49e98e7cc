import { eq } from 'drizzle-orm'
import { afterAll, beforeEach, describe, expect, it } from 'vitest'
import { db, disconnect, inTransaction } from '@/db/client'
import { applySync, claimTarget } from '@/db/queries/ledger'
import { customers } from '@/db/schema/billing'
import { billingFacts, syncTargets, webhookEvents } from '@/db/schema/events'
import { BRAND } from '@/lib/brand'
import { GREAT, SMALL } from '@/lib/catalog/tiers.fixture'
import { drain } from './drain'
import { drainTarget } from './drain-target'
import { claimed, oneCustomer } from './one-customer.fixture'
import { syncCustomer } from './sync-customer'

const actor = { type: 'system', job: 'test' } as const
let one: Awaited<ReturnType<typeof oneCustomer>>

beforeEach(async () => {
  one = await oneCustomer()
})

afterAll(disconnect)

describe('a person’s read', () => {
  it('reads for the events that found it holding the target, once the person has the answer', async () => {
    one.stripe.show(one.snapshot())
    one.stripe.during(async () => {
      expect((await one.ingest()).claim).toBeNull()
      one.stripe.show(one.snapshot({ tier: GREAT }))
    })
    const after: (() => Promise<void>)[] = []
    await syncCustomer(one.ports, one.customerId, actor, { later: (work) => after.push(work) })
    expect((await one.entitlement())?.tier).toBe(SMALL)
    for (const work of after) await work()
    expect((await one.entitlement())?.tier).toBe(GREAT)
  })

  it('gives the lease back when no process stays, so that the next event or drain can read', async () => {
    one.stripe.show(one.snapshot())
    one.stripe.during(async () => {
      await one.ingest()
    })
    await syncCustomer(one.ports, one.customerId, actor)
    expect(await one.target()).toMatchObject({ leaseUntil: null, waiting: false })
    expect((await one.ingest()).claim).not.toBeNull()
  })

  it('does not push our own next try into the night, however often the person reloads', async () => {
    one.stripe.break(new Error('no answer'))
    for (let i = 0; i < 8; i += 1) {
      await expect(syncCustomer(one.ports, one.customerId, actor)).rejects.toThrow('no answer')
    }
    expect(await one.target()).toMatchObject({ attempts: 1 })
  })
})

describe('a target that backs off', () => {
  it('is looked at again within a minute of news about it', async () => {
    await one.ingest()
    await one.setTarget({
      leaseUntil: null,
      attempts: 11,
      nextRunAt: new Date(Date.now() + 5 * 3_600_000),
    })
    expect((await one.ingest()).claim).toBeNull()
    const next = (await one.target())?.nextRunAt.getTime() ?? 0
    expect(next - Date.now()).toBeLessThanOrEqual(60_500)
  })

  it('is not made to back off by a commit whose answer was lost', async () => {
    const { claim } = await one.ingest()
    one.stripe.show(one.snapshot())
    const applySyncAndLoseTheAnswer: typeof applySync = async (...given) => {
      await applySync(...given)
      throw new Error('connection reset')
    }
    const ports = {
      ...one.ports,
      ledger: { ...one.ports.ledger, applySync: applySyncAndLoseTheAnswer },
    }
    await expect(drainTarget(ports, claimed(claim), actor)).rejects.toThrow('connection reset')
    expect(await one.target()).toMatchObject({ attempts: 0, lastError: null })
    expect((await one.entitlement())?.tier).toBe(SMALL)
  })
})

describe('a drain', () => {
  it('that races with arrivals records every fact once, and calls no event done whose fact it has not recorded', async () => {
    one.stripe.show(one.snapshot())
    const rounds = 40
    const pay = (n: number) =>
      one.ingest({ type: 'invoice.paid', objectId: `in_${one.workspaceId}_${n}` })
    for (let round = 0; round < rounds; round += 1) {
      // The last lease owner is dead, so that the first process to come takes over.
      await one.setTarget({ leaseUntil: new Date(0), nextRunAt: new Date(0) })
      const drains = [drain(one.ports, 'a', 1_000), drain(one.ports, 'b', 1_000)]
      await Promise.all([pay(2 * round), ...drains, pay(2 * round + 1)])
    }
    await one.setTarget({ leaseUntil: null, nextRunAt: new Date(0) })
    await drain(one.ports, 'test', 5_000)
    const facts = await db()
      .select()
      .from(billingFacts)
      .where(eq(billingFacts.customerId, one.customerId))
    expect(facts).toHaveLength(2 * rounds)
    const events = await db()
      .select()
      .from(webhookEvents)
      .where(eq(webhookEvents.targetKey, one.customerId))
    expect(events.filter(({ state }) => state !== 'done')).toEqual([])
  })
})

describe('a customer whose event arrives before our own row is there', () => {
  it('gets its entitlement, even if the row appears while Stripe is being read', async () => {
    await db().delete(customers).where(eq(customers.id, one.customerId))
    const { claim } = await one.ingest()
    expect(claim?.customer).toBeNull()
    one.stripe.show(one.snapshot())
    one.stripe.know(one.customerId, {
      app: BRAND.stripe.app,
      env: 'test',
      workspaceId: one.workspaceId,
      userId: null,
    })
    one.stripe.during(async () => {
      await db()
        .insert(customers)
        .values({ id: one.customerId, workspaceId: one.workspaceId, livemode: false })
    })
    await drainTarget(one.ports, claimed(claim), actor)
    expect((await one.entitlement())?.tier).toBe(SMALL)
  })

  it('is linked to its workspace by what we wrote on it at Stripe', async () => {
    await db().delete(customers).where(eq(customers.id, one.customerId))
    const { claim } = await one.ingest()
    one.stripe.show(one.snapshot())
    one.stripe.know(one.customerId, {
      app: BRAND.stripe.app,
      env: 'test',
      workspaceId: one.workspaceId,
      userId: null,
    })
    await drainTarget(one.ports, claimed(claim), actor)
    expect((await one.entitlement())?.tier).toBe(SMALL)
  })

  it('is not linked when another environment wrote on it', async () => {
    await db().delete(customers).where(eq(customers.id, one.customerId))
    const { claim } = await one.ingest()
    one.stripe.show(one.snapshot({ metadata: { app: null, env: null } }))
    one.stripe.know(one.customerId, {
      app: BRAND.stripe.app,
      env: 'preview',
      workspaceId: one.workspaceId,
      userId: null,
    })
    await drainTarget(one.ports, claimed(claim), actor)
    expect(await one.entitlement()).toBeUndefined()
    expect(await one.target()).toMatchObject({ attempts: 0, lastError: null })
  })

  it('is done with one read when only another application sells to it', async () => {
    await db().delete(customers).where(eq(customers.id, one.customerId))
    const { claim } = await one.ingest()
    one.stripe.show(one.snapshot({ tier: null, metadata: { app: 'othershop', env: null } }))
    one.stripe.know(one.customerId, {
      app: 'othershop',
      env: null,
      workspaceId: null,
      userId: null,
    })
    await drainTarget(one.ports, claimed(claim), actor)
    expect(await one.target()).toMatchObject({ attempts: 0, lastError: null, leaseUntil: null })
  })
})

describe('a lock that another transaction keeps', () => {
  it('is not waited for longer than two seconds', async () => {
    await one.ingest()
    await inTransaction(async (tx) => {
      await tx.select().from(syncTargets).where(eq(syncTargets.key, one.customerId)).for('update')
      await expect(one.ingest()).rejects.toMatchObject({ cause: { code: '55P03' } })
      await expect(claimTarget(one.customerId, { mark: true })).rejects.toMatchObject({
        cause: { code: '55P03' },
      })
    })
  })
})
