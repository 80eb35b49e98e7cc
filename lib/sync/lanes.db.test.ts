import { randomUUID } from 'node:crypto'
import { eq } from 'drizzle-orm'
import { afterAll, beforeEach, describe, expect, it } from 'vitest'
import { db, disconnect } from '@/db/client'
import { listAudit } from '@/db/queries/audit'
import { ingestEvent } from '@/db/queries/ledger'
import { billingFacts, outbox, syncTargets, webhookEvents } from '@/db/schema/events'
import { GREAT, SMALL } from '@/lib/catalog/tiers.fixture'
import { drain } from './drain'
import { drainTarget } from './drain-target'
import { anEvent, claimed, oneCustomer } from './one-customer.fixture'

const actor = { type: 'system', job: 'test' } as const
let one: Awaited<ReturnType<typeof oneCustomer>>
let tail: string

beforeEach(async () => {
  one = await oneCustomer()
  one.stripe.show(one.snapshot())
  tail = randomUUID().replaceAll('-', '')
})
afterAll(disconnect)

const eventRow = async (id: `evt_${string}`) =>
  (await db().select().from(webhookEvents).where(eq(webhookEvents.id, id)))[0]
const targetRow = async (key: string) =>
  (await db().select().from(syncTargets).where(eq(syncTargets.key, key)))[0]

describe('a dispute, which names a charge and no customer', () => {
  it('stands in its customer’s chain, is recorded once, and has the customer read', async () => {
    const key = `ch_${tail}`
    const ports = one.portsWithCharge(one.customerId)
    const dispute = { ...anEvent(), type: 'charge.dispute.created', objectId: `dp_${tail}` }
    const { claim } = await ingestEvent({ ...dispute, targetKey: key })
    await ingestEvent({ ...dispute, id: anEvent().id, targetKey: key })
    await drainTarget(ports, claimed(claim), actor)
    expect(await targetRow(one.customerId)).toMatchObject({ syncedSeq: 0, leaseUntil: null })
    await drain(ports, 'test', 10_000)

    const facts = await db()
      .select()
      .from(billingFacts)
      .where(eq(billingFacts.objectId, `dp_${tail}`))
    expect(facts).toMatchObject([{ customerId: one.customerId }])
    const notification = `notification:charge.dispute.created:dp_${tail}`
    expect(await db().select().from(outbox).where(eq(outbox.key, notification))).toHaveLength(1)
    const actions = (await listAudit(one.customerId)).map(({ action }) => action)
    expect(actions).toEqual(['charge.dispute.created', 'subscription.start'])
    expect(await targetRow(key)).toMatchObject({ dirtySeq: 2, syncedSeq: 2, leaseUntil: null })
  })
})

describe('an event whose fact cannot be recorded', () => {
  it('holds up neither the state nor the facts beside it, and is dead after eight tries', async () => {
    const mute = anEvent().id
    const { claim } = await one.ingest({ id: mute, type: 'invoice.paid', objectId: null })
    await one.ingest({ type: 'invoice.paid', objectId: `in_${tail}` })
    await drainTarget(one.ports, claimed(claim), actor)
    expect((await one.entitlement())?.tier).toBe(SMALL)
    expect(await eventRow(mute)).toMatchObject({ state: 'pending', attempts: 1 })
    expect(await one.target()).toMatchObject({ lastError: 'invoice.paid names no object.' })

    for (let tries = 2; tries <= 8; tries += 1) {
      await one.setTarget({ nextRunAt: new Date(0) })
      await drain(one.ports, 'test', 10_000)
    }
    expect(await eventRow(mute)).toMatchObject({
      state: 'dead',
      attempts: 8,
      reason: 'gave_up',
      lastError: 'invoice.paid names no object.',
    })
    const { dirtySeq, syncedSeq, lastError } = (await one.target()) ?? {}
    expect(syncedSeq).toBe(dirtySeq)
    expect(lastError).toBeNull()
    const facts = await db()
      .select()
      .from(billingFacts)
      .where(eq(billingFacts.objectId, `in_${tail}`))
    expect(facts).toHaveLength(1)
  })
})

describe('an unknown price', () => {
  it('has who waits for it looked at as soon as it says its tier', async () => {
    const priceId = `price_${tail}`
    one.stripe.show(one.snapshot({ tier: null, priceId }))
    const { claim } = await one.ingest({})
    await drainTarget(one.ports, claimed(claim), actor)
    expect(await one.target()).toMatchObject({ lastError: expect.stringContaining(priceId) })

    one.stripe.show(one.snapshot({ tier: GREAT, priceId }))
    const ports = one.portsWithPrice(priceId, GREAT)
    const labeled = await ingestEvent({
      ...anEvent(),
      type: 'price.updated',
      objectId: priceId,
      targetKey: priceId,
    })
    await drainTarget(ports, claimed(labeled.claim), actor)
    expect((await one.target())?.nextRunAt.getTime()).toBeLessThan(Date.now() + 2_500)
    await one.setTarget({ nextRunAt: new Date(0) })
    await drain(ports, 'test', 10_000)
    expect((await one.entitlement())?.tier).toBe(GREAT)
  })
})
