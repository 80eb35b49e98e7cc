import { eq } from 'drizzle-orm'
import { afterAll, beforeEach, describe, expect, it } from 'vitest'
import { db, disconnect } from '@/db/client'
import { listAudit } from '@/db/queries/audit'
import { claimTarget } from '@/db/queries/ledger'
import { findEvent } from '@/db/queries/stored-events'
import { billingFacts, outbox, webhookEvents } from '@/db/schema/events'
import type { EventId } from '@/lib/ids'
import { drainTarget } from '@/lib/sync/drain-target'
import { claimed, eventId, oneCustomer } from '@/lib/sync/one-customer.fixture'
import { rehearseReplay } from './rehearse'
import { replayEvent } from './replay'

const actor = { type: 'system', job: 'event.replay by ada' } as const
let one: Awaited<ReturnType<typeof oneCustomer>>
let invoice: string

beforeEach(async () => {
  one = await oneCustomer()
  one.stripe.show(one.snapshot())
  invoice = `in_${one.workspaceId.replaceAll('-', '')}`
})
afterAll(disconnect)

/** A failed payment as it stands in the inbox, drained unless it is to wait. */
async function arrived(over: { id?: EventId; wait?: boolean } = {}): Promise<EventId> {
  const { id = eventId(), wait = false } = over
  const type = 'invoice.payment_failed'
  const payload = JSON.stringify({
    id,
    object: 'event',
    type,
    created: 1_800_000_000,
    livemode: false,
    data: { object: { object: 'invoice', id: invoice, customer: one.customerId } },
  })
  const { claim } = await one.ingest({ id, type, objectId: invoice, attempt: 1, payload })
  if (!wait) await drainTarget(one.ports, claimed(claim), actor)
  return id
}

const replay = (id: EventId, reason = 'The rule was wrong until today.') =>
  replayEvent(one.ports, actor, { id, reason })

const setEvent = (id: EventId, set: Partial<typeof webhookEvents.$inferInsert>) =>
  db().update(webhookEvents).set(set).where(eq(webhookEvents.id, id))

async function counted() {
  const [facts, sent] = await Promise.all([
    db().select().from(billingFacts).where(eq(billingFacts.objectId, invoice)),
    db()
      .select()
      .from(outbox)
      .where(eq(outbox.key, `notification:invoice.payment_failed:${invoice}:1`)),
  ])
  return { facts: facts.length, outbox: sent.length }
}

describe('an event that is replayed', () => {
  it('does nothing twice, and leaves its reason and its name in the audit trail', async () => {
    const id = await arrived()
    expect(await counted()).toEqual({ facts: 1, outbox: 1 })
    await replay(id)
    expect(await counted()).toEqual({ facts: 1, outbox: 1 })
    expect(await findEvent(id)).toMatchObject({ state: 'done' })
    const last = (await listAudit(one.customerId)).at(-1)
    expect(last).toMatchObject({
      actor,
      action: 'event.replay',
      before: { event: id, state: 'done' },
      after: { event: id, state: 'pending', reason: 'The rule was wrong until today.' },
      eventIds: [id],
    })
  })

  it('after it was given up is recorded at last', async () => {
    const id = await arrived({ wait: true })
    await setEvent(id, { state: 'dead', attempts: 8, reason: 'gave_up', lastError: 'broken' })
    await one.setTarget({ leaseUntil: null })
    await replay(id)
    expect(await counted()).toEqual({ facts: 1, outbox: 1 })
    expect(await findEvent(id)).toMatchObject({ state: 'done', attempts: 0, lastError: null })
  })

  it('that was not for us by the rules of its day is for us by today’s', async () => {
    const id = await arrived({ wait: true })
    await setEvent(id, { state: 'ignored', targetKey: null, reason: 'unknown_type', seq: null })
    await one.setTarget({ leaseUntil: null })
    await replay(id)
    expect(await findEvent(id)).toMatchObject({ state: 'done', targetKey: one.customerId })
    expect(await counted()).toEqual({ facts: 1, outbox: 1 })
  })

  it('during the read that gives it up is not given up by that read', async () => {
    const id = await arrived({ wait: true })
    await setEvent(id, { objectId: null, attempts: 7 })
    await one.setTarget({ leaseUntil: null })
    const { claim } = await claimTarget(one.customerId, {})
    one.stripe.during(async () => {
      await setEvent(id, { objectId: invoice })
      await expect(replay(id)).rejects.toThrow(`${id} is marked`)
    })
    await drainTarget(one.ports, claimed(claim), actor)
    expect(await findEvent(id)).toMatchObject({ state: 'done', lastError: null })
    expect(await counted()).toEqual({ facts: 1, outbox: 1 })
  })

  it('while another process reads its customer is left to it, marked', async () => {
    const id = await arrived({ wait: true })
    await expect(replay(id)).rejects.toThrow(`${id} is marked`)
    expect(await one.target()).toMatchObject({ dirtySeq: 2, syncedSeq: 0 })
  })
})

describe('an event cannot be replayed', () => {
  it('that the inbox does not have', async () => {
    await expect(replay('evt_nowhere')).rejects.toThrow('The inbox has no evt_nowhere.')
  })

  it('that is still not for us', async () => {
    const id = await arrived()
    const foreign = `{"id":"${id}","object":"event","type":"invoice.paid","created":1,"livemode":true,"data":{"object":{}}}`
    await setEvent(id, { payload: foreign })
    await expect(replay(id)).rejects.toThrow(`${id} is not for us: other_livemode.`)
  })

  it.each(['', ' ', 'x'])('without a reason: %j', async (reason) => {
    const id = await arrived()
    await expect(replay(id, reason)).rejects.toThrow('Say why, in 3 to 500 characters.')
    expect((await listAudit(one.customerId)).map(({ action }) => action)).not.toContain(
      'event.replay',
    )
  })
})

describe('a rehearsal', () => {
  it('says what would change, what would be recorded and what would be sent, and does none of it', async () => {
    const id = await arrived({ wait: true })
    await setEvent(id, { state: 'dead' })
    const before = [await one.target(), await findEvent(id)]
    const shown = await rehearseReplay(one.ports, actor, id)
    expect(shown).toMatchObject({
      target: one.customerId,
      state: 'dead',
      changes: [{ action: 'subscription.start' }],
      facts: [`invoice.payment_failed:${invoice}:1`],
      outbox: [`notification:invoice.payment_failed:${invoice}:1`],
      failures: [],
    })
    expect([await one.target(), await findEvent(id)]).toEqual(before)
    expect(await counted()).toEqual({ facts: 0, outbox: 0 })
    expect(await listAudit(one.customerId)).toEqual([])
  })

  it('of what was recorded already says that nothing would happen', async () => {
    const shown = await rehearseReplay(one.ports, actor, await arrived())
    expect(shown).toMatchObject({ changes: [], facts: [], outbox: [] })
  })
})
