import { eq } from 'drizzle-orm'
import { afterAll, beforeEach, describe, expect, it } from 'vitest'
import { db, disconnect } from '@/db/client'
import { listAudit } from '@/db/queries/audit'
import { customers } from '@/db/schema/billing'
import { billingFacts, outbox } from '@/db/schema/events'
import { BRAND } from '@/lib/brand'
import { GREAT } from '@/lib/catalog/tiers.fixture'
import type { SubscriptionId } from '@/lib/ids'
import { drain } from './drain'
import { oneCustomer } from './one-customer.fixture'
import { syncCustomer } from './sync-customer'

const actor = { type: 'system', job: 'reconcile' } as const

let one: Awaited<ReturnType<typeof oneCustomer>>
let first: ReturnType<typeof one.snapshot>
let second: ReturnType<typeof one.snapshot>

beforeEach(async () => {
  one = await oneCustomer()
  first = one.snapshot()
  const id: SubscriptionId = `${first.id}_2`
  second = one.snapshot({ id, tier: GREAT, created: new Date('2026-11-20T00:00:00Z') })
})
afterAll(disconnect)

describe('a second living subscription, that no event reported', () => {
  it('is one fact and one notification to the operators, however often it is seen', async () => {
    one.stripe.show(second, first)
    for (let seen = 0; seen < 3; seen += 1) await syncCustomer(one.ports, one.customerId, actor)
    expect(await facts()).toMatchObject([
      { key: `subscription.duplicate:${second.id}`, objectId: second.id, eventId: null },
    ])
    expect(await notifications()).toEqual([`notification:subscription.duplicate:${second.id}`])
    const trail = await listAudit(one.customerId)
    const row = trail.filter(({ action }) => action === 'subscription.duplicate')
    expect(row).toMatchObject([{ actor, after: { id: second.id }, eventIds: [] }])
  })

  it('is recorded with the events on which it was seen', async () => {
    one.stripe.show(second, first)
    await one.ingest({ id: `evt_${one.workspaceId.slice(0, 8)}` })
    await one.setTarget({ leaseUntil: null, nextRunAt: new Date(0) })
    await drain(one.ports, 'drain', 10_000)
    const trail = await listAudit(one.customerId)
    expect(trail.find(({ action }) => action === 'subscription.duplicate')).toMatchObject({
      actor: { type: 'system', job: 'drain' },
      eventIds: [`evt_${one.workspaceId.slice(0, 8)}`],
    })
  })

  it('is another one when a third comes, and none when the first has ended by then', async () => {
    one.stripe.show(second, first)
    await syncCustomer(one.ports, one.customerId, actor)
    const id: SubscriptionId = `${first.id}_3`
    const third = one.snapshot({ id, created: new Date('2026-11-22T00:00:00Z') })
    const over = { ...first, status: 'canceled', endedAt: new Date() } as const
    one.stripe.show(third, second, over)
    await syncCustomer(one.ports, one.customerId, actor)
    expect((await facts()).map(({ objectId }) => objectId)).toEqual([second.id, third.id])
  })

  it('is reported once the customer is linked to a workspace, and never of an unlinked customer', async () => {
    await db().update(customers).set({ workspaceId: null }).where(eq(customers.id, one.customerId))
    one.stripe.know(one.customerId, { app: null, env: null, workspaceId: null, userId: null })
    one.stripe.show(second, first)
    await syncCustomer(one.ports, one.customerId, actor)
    expect(await facts()).toEqual([])
    one.stripe.know(one.customerId, {
      app: BRAND.stripe.app,
      env: 'test',
      workspaceId: one.workspaceId,
      userId: null,
    })
    await syncCustomer(one.ports, one.customerId, actor)
    await syncCustomer(one.ports, one.customerId, actor)
    expect(await facts()).toHaveLength(1)
  })
})

it('a second one that follows the end of the first is no duplicate', async () => {
  one.stripe.show(second, { ...first, status: 'canceled', endedAt: new Date() })
  await syncCustomer(one.ports, one.customerId, actor)
  expect(await facts()).toEqual([])
})

const facts = () =>
  db()
    .select()
    .from(billingFacts)
    .where(eq(billingFacts.customerId, one.customerId))
    .orderBy(billingFacts.recordedAt)

async function notifications() {
  const rows = await db().select().from(outbox).where(eq(outbox.targetKey, one.customerId))
  return rows.map(({ key }) => key)
}
