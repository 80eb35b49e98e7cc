import { eq } from 'drizzle-orm'
import { afterAll, beforeEach, describe, expect, it } from 'vitest'
import { db, disconnect } from '@/db/client'
import { listAudit } from '@/db/queries/audit'
import { claimTarget, failTarget } from '@/db/queries/ledger'
import { billingFacts, webhookEvents } from '@/db/schema/events'
import { GREAT, SMALL } from '@/lib/catalog/tiers.fixture'
import { drain } from './drain'
import { drainTarget } from './drain-target'
import { claimed, eventId, oneCustomer } from './one-customer.fixture'
import { runClaim } from './run-claim'
import { scriptedStripe } from './scripted-stripe.fixture'
import { syncCustomer } from './sync-customer'

const actor = { type: 'system', job: 'test' } as const
let one: Awaited<ReturnType<typeof oneCustomer>>

beforeEach(async () => {
  one = await oneCustomer()
})

afterAll(disconnect)

describe('an event', () => {
  it('is new once, however many copies arrive together', async () => {
    const id = eventId()
    const answers = await Promise.all(Array.from({ length: 30 }, () => one.ingest({ id })))
    expect(answers.filter(({ outcome }) => outcome === 'new')).toHaveLength(1)
    expect(answers.filter(({ claim }) => claim)).toHaveLength(1)
  })

  it('gives the lease with nothing to wait for, so that the first read follows the answer at once', async () => {
    const { claim } = await one.ingest({})
    expect(claim).toMatchObject({ fence: 1, seq: 1, waitMs: 0 })
  })

  it('hands one lease to a burst of different events, and leaves the rest to its owner', async () => {
    const answers = await Promise.all(Array.from({ length: 20 }, () => one.ingest({})))
    const claims = answers.flatMap(({ claim }) => claim ?? [])
    expect(claims).toHaveLength(1)
    one.stripe.show(one.snapshot())
    for (const claim of claims) await drainTarget(one.ports, claim, actor)
    // One read that leads and one that trails, for twenty events.
    expect(one.stripe.reads).toBeLessThanOrEqual(2)
    const rows = await db()
      .select()
      .from(webhookEvents)
      .where(eq(webhookEvents.targetKey, one.customerId))
    expect(rows.map(({ state }) => state)).toEqual(rows.map(() => 'done'))
  })

  it('that arrives while Stripe is being read makes the lease owner read once more', async () => {
    const { claim } = await one.ingest({})
    one.stripe.show(one.snapshot())
    one.stripe.during(async () => {
      const late = await one.ingest({ type: 'customer.subscription.updated' })
      expect(late.claim).toBeNull()
      one.stripe.show(one.snapshot({ tier: GREAT }))
    })
    await drainTarget(one.ports, claimed(claim), actor)
    expect(one.stripe.reads).toBe(2)
    expect((await one.entitlement())?.tier).toBe(GREAT)
    expect(await one.target()).toMatchObject({ leaseUntil: null, waiting: false })
  })

  it('records a fact once, even as two events for one payment', async () => {
    const { claim } = await one.ingest({ type: 'invoice.paid', objectId: `in_${one.workspaceId}` })
    await one.ingest({ type: 'invoice.paid', objectId: `in_${one.workspaceId}` })
    one.stripe.show(one.snapshot())
    await drainTarget(one.ports, claimed(claim), actor)
    const facts = await db()
      .select()
      .from(billingFacts)
      .where(eq(billingFacts.customerId, one.customerId))
    expect(facts).toHaveLength(1)
    const actions = (await listAudit(one.customerId)).map(({ action }) => action)
    // What a fact came with stands before it, whether one read found both or two did.
    expect(actions).toEqual(['subscription.start', 'invoice.paid'])
  })
})

describe('a lease owner that was overtaken', () => {
  it('writes nothing, however late it wakes', async () => {
    const { claim } = await one.ingest({})
    one.stripe.show(one.snapshot({ tier: GREAT }))
    one.stripe.during(async () => {
      // The lease ran out while this process was frozen; another took over and is done.
      await one.setTarget({ leaseUntil: new Date(0) })
      const other = scriptedStripe()
      other.show(one.snapshot({ tier: SMALL }))
      const taken = await claimTarget(one.customerId, {})
      await runClaim({ ...one.ports, stripe: other }, claimed(taken.claim), actor)
    })
    expect(await runClaim(one.ports, claimed(claim), actor)).toMatchObject({ applied: false })
    expect((await one.entitlement())?.tier).toBe(SMALL)
  })

  it('does not give back a lease that is no longer its own', async () => {
    const { claim } = await one.ingest({})
    await one.setTarget({ leaseUntil: new Date(0) })
    await claimTarget(one.customerId, {})
    await failTarget(claimed(claim), 'late', { countAttempt: true })
    expect(await one.target()).toMatchObject({ attempts: 0, lastError: null })
  })
})

describe('a read', () => {
  it('that shows nothing new writes no audit row', async () => {
    one.stripe.show(one.snapshot())
    await syncCustomer(one.ports, one.customerId, actor)
    const before = await listAudit(one.customerId)
    await syncCustomer(one.ports, one.customerId, actor)
    expect(await listAudit(one.customerId)).toEqual(before)
    expect(before.map(({ action }) => action)).toEqual(['subscription.start'])
  })

  it('that fails is tried again by a drain after its backoff, and nothing is lost', async () => {
    const { claim } = await one.ingest({})
    one.stripe.break(new Error('no answer'))
    await expect(drainTarget(one.ports, claimed(claim), actor)).rejects.toThrow('no answer')
    expect(await one.target()).toMatchObject({ attempts: 1, leaseUntil: null })
    expect(await drain(one.ports, 'test', 1_000)).toEqual({ done: 0, failed: 0 })

    await one.setTarget({ nextRunAt: new Date(0) })
    one.stripe.break(null)
    one.stripe.show(one.snapshot())
    expect(await drain(one.ports, 'test', 10_000)).toEqual({ done: 1, failed: 0 })
    expect((await one.entitlement())?.tier).toBe(SMALL)
    expect(await one.target()).toMatchObject({ attempts: 0, lastError: null })
  })

  it('that a killed process never finished is taken over when its lease ends', async () => {
    await one.ingest({})
    await one.setTarget({ leaseUntil: new Date(0), nextRunAt: new Date(0) })
    one.stripe.show(one.snapshot())
    await drain(one.ports, 'test', 10_000)
    expect((await one.entitlement())?.tier).toBe(SMALL)
  })
})

describe('a person who waits', () => {
  it('takes over from a lease owner that only waits out the debounce window', async () => {
    one.stripe.show(one.snapshot())
    await syncCustomer(one.ports, one.customerId, actor)
    const waiting = await one.ingest({})
    expect(waiting.claim?.waitMs).toBeGreaterThan(0)
    one.stripe.show(one.snapshot({ tier: GREAT }))
    await syncCustomer(one.ports, one.customerId, actor)
    expect((await one.entitlement())?.tier).toBe(GREAT)
    const reads = one.stripe.reads
    await drainTarget(one.ports, claimed(waiting.claim), actor)
    expect(one.stripe.reads).toBe(reads)
  })

  it('waits for a read that is under way, and then reads again', async () => {
    const { claim } = await one.ingest({})
    one.stripe.show(one.snapshot())
    one.stripe.during(async () => {
      one.stripe.show(one.snapshot({ tier: GREAT }))
    })
    const slow = {
      ...one.ports,
      sleep: () => runClaim(one.ports, claimed(claim), actor).then(() => {}),
    }
    await syncCustomer(slow, one.customerId, actor)
    expect((await one.entitlement())?.tier).toBe(GREAT)
  })
})
