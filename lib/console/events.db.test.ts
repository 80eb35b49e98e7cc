import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { db, disconnect } from '@/db/client'
import { listAudit } from '@/db/queries/audit'
import { findHead } from '@/db/queries/console-customer'
import { ingestEvent } from '@/db/queries/ledger'
import { findEvent } from '@/db/queries/stored-events'
import { syncTargets, webhookEvents } from '@/db/schema/events'
import { operatorActor } from '@/lib/audit/actor'
import { BRAND } from '@/lib/brand'
import { priceForTier } from '@/lib/catalog/price-for-tier'
import { SMALL } from '@/lib/catalog/tiers.fixture'
import { openShop } from '@/lib/checkout/shop.fixture'
import { ensureCustomer } from '@/lib/customers/ensure'
import type { CustomerId, EventId } from '@/lib/ids'
import { stripeClient } from '@/lib/stripe/client'
import { anEvent, eventId } from '@/lib/sync/one-customer.fixture'
import { productionPorts } from '@/lib/sync/production-ports'
import { syncCustomer } from '@/lib/sync/sync-customer'
import { someone } from '@/lib/workspaces/someone.fixture'
import type { RunningSandbox } from '@/sandbox/server'
import { changesNothing, dryRun } from './dry-run'
import { readEventFile } from './event'
import { readEvents } from './events'
import { replayOnce } from './replay'
import { readStuck, replayGroup } from './stuck'

const ANA = operatorActor('f0000000-0000-4000-8000-00000000000c')
const reason = 'The rule was wrong until today'
const ALL = { state: null, type: null, customer: null, after: null }

let shop: RunningSandbox
let one: Awaited<ReturnType<typeof buyer>>
beforeAll(async () => {
  shop = await openShop()
})
beforeEach(async () => {
  await db().delete(webhookEvents)
  await db().delete(syncTargets)
  one = await buyer()
})
afterAll(async () => {
  await disconnect()
  await shop.stop()
})

async function buyer() {
  const { workspaceId, actor } = await someone()
  const customerId = await ensureCustomer(actor, workspaceId)
  const card = await stripeClient().paymentMethods.attach('pm_card_visa', { customer: customerId })
  const { id } = await stripeClient().subscriptions.create({
    customer: customerId,
    items: [{ price: await priceForTier(SMALL, 'month') }],
    default_payment_method: card.id,
    metadata: { app: BRAND.stripe.app, env: 'test' },
  })
  await syncCustomer(productionPorts(), customerId, actor)
  return { workspaceId, customerId, id }
}

type Set = Partial<typeof webhookEvents.$inferInsert>

async function arrived(customerId: CustomerId, set: Set = {}): Promise<EventId> {
  const id = eventId()
  const type = set.type ?? 'customer.subscription.updated'
  const payload = JSON.stringify({
    ...{ id, object: 'event', type, created: 1_800_000_000, livemode: false },
    data: { object: { object: 'subscription', id: 'sub_x', customer: customerId } },
  })
  await ingestEvent({ ...anEvent(), id, type, targetKey: customerId, customerId, payload })
  await db().update(syncTargets).set({ leaseUntil: null })
  if (Object.keys(set).length > 0)
    await db().update(webhookEvents).set(set).where(eq(webhookEvents.id, id))
  return id
}

describe('the list of events', () => {
  test('has each once, the newest first, over pages of those that came at one instant, too', async () => {
    const receivedAt = new Date()
    const ids: string[] = []
    for (let n = 0; n < 120; n += 1) ids.push(await arrived(one.customerId, { receivedAt }))
    const seen: string[] = []
    let after: Awaited<ReturnType<typeof readEvents>>['next'] = null
    do {
      const page: Awaited<ReturnType<typeof readEvents>> = await readEvents({ ...ALL, after })
      seen.push(...page.events.map(({ id }) => id))
      after = page.next
    } while (after)
    expect(seen.toSorted()).toEqual(ids.toSorted())
  })

  test('has those of one state, of one type or of one customer', async () => {
    const other = await buyer()
    const dead = await arrived(one.customerId, { state: 'dead' })
    const paid = await arrived(other.customerId, { type: 'invoice.paid' })
    const ids = async (filter: Partial<typeof ALL>) =>
      (await readEvents({ ...ALL, ...filter })).events.map(({ id }) => id)
    expect(await ids({ state: 'dead' as never })).toEqual([dead])
    expect(await ids({ type: 'invoice.paid' as never })).toEqual([paid])
    expect(await ids({ customer: other.customerId as never })).toEqual([paid])
    expect((await readEvents(ALL)).open).toMatchObject({ dead: 1, pending: 1 })
  })
})

describe('the page of an event', () => {
  test('says how long it was on its way, who it is about, and what came of it', async () => {
    await stripeClient().subscriptions.update(one.id, { cancel_at_period_end: true })
    const id = await arrived(one.customerId)
    await syncCustomer(productionPorts(), one.customerId, ANA)
    expect(await readEventFile(id)).toMatchObject({
      ...{ state: 'done', workspaceId: one.workspaceId, attempts: 0 },
      doneAfter: expect.any(Number),
      effects: [
        { action: 'subscription.schedule_cancel', before: {}, after: { subscription: one.id } },
      ],
      payload: expect.stringContaining('"sub_x"'),
    })
    expect(await readEventFile('evt_nowhere')).toBeNull()
  })

  test('shows by a dry run what a replay would change, and changes nothing; the replay changes just that', async () => {
    const id = await arrived(one.customerId)
    await syncCustomer(productionPorts(), one.customerId, ANA)
    await stripeClient().subscriptions.update(one.id, { cancel_at_period_end: true })
    const head = await findHead(one.customerId)
    const run = await dryRun(ANA, id)
    const changes = run.kind === 'shown' ? run.rehearsal.changes : expect.unreachable(run.why)
    expect(changes).toMatchObject([{ action: 'subscription.schedule_cancel' }])
    expect(await findHead(one.customerId)).toBe(head)
    expect(await findEvent(id)).toMatchObject({ state: 'done' })

    await replayOnce(ANA, { id, seen: head, reason })
    const trail = (await listAudit(one.customerId)).slice(head)
    expect(trail).toMatchObject([
      { action: 'console.replay', actor: ANA, after: { event: id, reason } },
      { action: 'event.replay', actor: ANA },
      {
        action: 'subscription.schedule_cancel',
        after: JSON.parse(JSON.stringify(changes[0]?.after)),
      },
    ])
    const again = await dryRun(ANA, id)
    expect(again.kind === 'shown' && changesNothing(again.rehearsal)).toBe(true)
  })

  test('replays once for a double click and for a page that was come back to', async () => {
    const id = await arrived(one.customerId)
    const seen = await findHead(one.customerId)
    await Promise.all([1, 2].map(() => replayOnce(ANA, { id, seen, reason })))
    await replayOnce(ANA, { id, seen, reason }).catch(() => {})
    const trail = await listAudit(one.customerId)
    expect(trail.filter(({ action }) => action === 'event.replay')).toHaveLength(1)
  })

  test('says why nothing can be replayed', async () => {
    const id = await arrived(one.customerId)
    await db().update(webhookEvents).set({ payload: null }).where(eq(webhookEvents.id, id))
    expect(await dryRun(ANA, id)).toMatchObject({ kind: 'refused', why: expect.any(String) })
    await expect(replayOnce(ANA, { id: 'evt_nowhere', seen: 0, reason })).rejects.toMatchObject({
      reason: 'console_gone',
    })
  })
})

describe('what is stuck', () => {
  const error = (id: string) =>
    `Stripe refused: No such price: ${id} (status 400, request req_${id}1)`

  test('is grouped by its cause, whatever ids stand in it', async () => {
    const other = await buyer()
    for (const [who, id] of [
      [one, 'price_a1b2'],
      [one, 'price_c3d4'],
      [other, 'price_e5f6'],
    ] as const)
      await arrived(who.customerId, { state: 'dead', lastError: error(id) })
    await arrived(one.customerId, { state: 'dead', lastError: 'A fact names no object.' })
    const { groups } = await readStuck()
    const dead = groups.filter(({ kind }) => kind === 'dead')
    expect(dead).toMatchObject([
      { count: 3, customers: 2, title: expect.stringContaining('No such price: …') },
      { count: 1, customers: 1, title: 'A fact names no object.' },
    ])
  })

  test('of one cause is replayed in bulk, once, and the others stay', async () => {
    const ids = await Promise.all(
      ['price_a1b2', 'price_c3d4'].map((id) =>
        arrived(one.customerId, { state: 'dead', lastError: error(id) }),
      ),
    )
    const left = await arrived(one.customerId, { state: 'dead', lastError: 'Another.' })
    const { groups, seen } = await readStuck()
    const { signature } = groups.find(({ count }) => count === 2) ?? expect.unreachable()
    const press = () => replayGroup(ANA, { kind: 'dead', signature, seen, reason })
    await Promise.all([press(), press()])
    await press()
    for (const id of ids)
      expect(await findEvent(id)).toMatchObject({ state: 'pending', attempts: 0 })
    expect(await findEvent(left)).toMatchObject({ state: 'dead' })
    const trail = await listAudit(one.customerId)
    expect(trail.filter(({ action }) => action === 'event.replay')).toHaveLength(2)
    const { seen: now } = await readStuck()
    await expect(
      replayGroup(ANA, { kind: 'dead', signature, seen: now, reason }),
    ).rejects.toMatchObject({ reason: 'console_not_dead' })
  })

  test('of a target that failed for a day is read again soon', async () => {
    await arrived(one.customerId)
    const far = new Date(Date.now() + 5 * 3_600_000)
    const set = { attempts: 12, lastError: 'Stripe is away.', nextRunAt: far }
    await db().update(syncTargets).set(set).where(eq(syncTargets.key, one.customerId))
    const { groups, seen } = await readStuck()
    expect(groups).toMatchObject([{ kind: 'parked', count: 1, title: 'Stripe is away.' }])
    await replayGroup(ANA, { kind: 'parked', signature: 'Stripe is away.', seen, reason })
    const [target] = await db()
      .select()
      .from(syncTargets)
      .where(eq(syncTargets.key, one.customerId))
    expect(target?.nextRunAt.getTime()).toBeLessThan(Date.now() + 60_000)
  })
})
