import { randomUUID } from 'node:crypto'
import { sql } from 'drizzle-orm'
import { afterAll, beforeEach, describe, expect, it } from 'vitest'
import { db, disconnect } from '@/db/client'
import { readHealth } from '@/db/queries/health'
import { operatorActor } from '@/lib/audit/actor'
import { SMALL } from '@/lib/catalog/tiers.fixture'
import { closeLeftOut, readLeftOut, replayUnread } from '@/lib/console/left-out'
import { drainTarget } from '@/lib/sync/drain-target'
import { claimed, oneCustomer } from '@/lib/sync/one-customer.fixture'
import { noteAllLeftOut } from './note-left-out'

const actor = { type: 'system', job: 'test' } as const
const type = 'customer.subscription.updated'
type One = Awaited<ReturnType<typeof oneCustomer>>

let one: One
beforeEach(async () => {
  await db().execute(
    sql`truncate revenue_totals, revenue_movements, revenue_moments, revenue_left_out`,
  )
  one = await oneCustomer()
  one.stripe.show(one.snapshot())
})
afterAll(disconnect)

describe('the body of an event that cannot be read for the revenue', () => {
  const created = 1_790_000_000
  const OLD = { object: 'subscription', id: 'sub_1', plan: { id: 'price_1' } }

  it.each([
    ['is no JSON', '<ada@example.test>', 'its body is no JSON'],
    ['is of an old version of the API', { created, data: { object: OLD } }, 'another form'],
    [
      'names no customer',
      { created, data: { object: { ...OLD, discounts: [], metadata: {}, items: { data: [] } } } },
      'customer id',
    ],
  ])('which %s, is kept with its event and why, and access is given', async (_, body, why) => {
    const id = await arrives(typeof body === 'string' ? body : JSON.stringify(body))
    expect(await one.entitlement()).toMatchObject({ tier: SMALL, access: 'full' })
    const { leftOut } = await readLeftOut()
    const error = expect.stringContaining(why)
    expect(leftOut).toMatchObject([{ source: id, customerId: one.customerId, error }])
    expect(JSON.stringify(leftOut)).not.toContain('ada@')
    // Nothing reads it by itself, so the health check does not wait half an hour.
    expect(await readHealth(12)).toMatchObject({ unread: true, revenueFor: null })
    expect(await noteAllLeftOut(() => false)).toBe(0)
    expect((await readLeftOut()).leftOut).toHaveLength(1)
  })

  it('is kept once however often it is replayed, and goes when a replay can read it', async () => {
    const id = await arrives('no JSON')
    await replayed(id)
    expect((await readLeftOut()).leftOut).toMatchObject([{ source: id, attempts: 1 }])
    await db().execute(sql`update webhook_events set payload = '{}' where id = ${id}`)
    await replayed(id)
    expect(await readLeftOut()).toMatchObject({ leftOut: [] })
    expect(await readHealth(12)).toMatchObject({ unread: false })
  })

  it('is replayed with all others by an operator, once, and what can be read now goes', async () => {
    const [readable, broken] = [await arrives('no JSON'), await arrives('no JSON either')]
    await says(readable, { object: 'other' })
    await says(broken, OLD)
    const { seen } = await readLeftOut()
    const ana = operatorActor(randomUUID())
    const asked = { seen, reason: 'The endpoint sends our version now.' }
    const twice = [await replayUnread(ana, asked), await replayUnread(ana, asked)]
    expect(twice).toEqual(['first', 'repeated'])
    await drained()
    expect((await readLeftOut()).leftOut).toMatchObject([{ source: broken, attempts: 1 }])
    const [row] = await db().execute(sql`select count(*)::int as n from audit_log
      where action = 'event.replay' and scope = ${one.customerId}`)
    expect(row).toEqual({ n: 2 })
  })

  it('stays while other events of its customer are read', async () => {
    const id = await arrives('no JSON')
    await arrives('{}')
    expect((await readLeftOut()).leftOut).toMatchObject([{ source: id }])
  })

  it('is closed by an operator with a reason, once, and the trail says so', async () => {
    await arrives('no JSON')
    const { leftOut, seen } = await readLeftOut()
    const ana = operatorActor(randomUUID())
    const asked = { ...only(leftOut), seen, reason: 'Stripe sent it broken.' }
    const twice = [await closeLeftOut(ana, asked), await closeLeftOut(ana, asked)]
    expect(twice).toEqual(['first', 'repeated'])
    expect(await readLeftOut()).toEqual({ leftOut: [], seen: seen + 1 })
    const [row] = await db().execute(sql`select action, after from audit_log
      where scope = 'console:revenue' order by n desc limit 1`)
    expect(row).toMatchObject({
      action: 'console.close_left_out',
      after: { customerId: one.customerId, reason: 'Stripe sent it broken.' },
    })
  })
})

it('a subscription that cannot be read is kept until a read can, and others are counted', async () => {
  const price = { priceId: 'price_1' as const, exactAmount: Number.NaN }
  const whole = one.snapshot()
  const [item] = whole.items
  if (!item) throw new Error('The fixture has no item.')
  one.stripe.show({ ...whole, items: [{ ...item, ...price }] })
  await arrives('{}')
  expect((await readLeftOut()).leftOut).toMatchObject([{ source: whole.id }])
  one.stripe.show({ ...whole, cancelAtPeriodEnd: true })
  await arrives('{}')
  expect((await readLeftOut()).leftOut).toEqual([])
})

async function arrives(payload: string) {
  const { claim } = await one.ingest({ type, payload })
  await one.setTarget({ leaseUntil: null, nextRunAt: new Date(0) })
  const id = claimed(claim).events.at(-1)?.id
  if (!id) throw new Error('The event is not in the claim.')
  await drainTarget(one.ports, claimed(claim), actor)
  return id
}

async function replayed(id: string) {
  await db().execute(sql`select replay_event(${id}, ${one.customerId},
    '{"type":"system","job":"test"}'::jsonb, 'Read again.')`)
  await drained()
}

async function drained() {
  await one.setTarget({ leaseUntil: null, nextRunAt: new Date(0) })
  const { claim } = await one.ports.ledger.claimTarget(one.customerId, {})
  await drainTarget(one.ports, claimed(claim), actor)
}

// As Stripe would send it, with this in it.
async function says(id: string, shown: { object: string }) {
  const customer = one.customerId
  const event = { id, object: 'event', type, created: 1_790_000_000, livemode: false }
  const body = JSON.stringify({ ...event, data: { object: { id: 'sub_1', customer, ...shown } } })
  await db().execute(sql`update webhook_events set payload = ${body} where id = ${id}`)
}

function only<T>(all: readonly T[]): T {
  const [first, ...more] = all
  if (first === undefined || more.length > 0) throw new Error(`There are ${all.length}.`)
  return first
}
