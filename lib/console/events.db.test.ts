import { eq, sql } from 'drizzle-orm'
import { beforeEach, describe, expect, test } from 'vitest'
import { filterQuery, readFilter } from '@/app/console/events/read-filter'
import { db } from '@/db/client'
import { listAudit } from '@/db/queries/audit'
import { findHead } from '@/db/queries/console-customer'
import { findEvent } from '@/db/queries/stored-events'
import { syncTargets, webhookEvents } from '@/db/schema/events'
import { operatorActor } from '@/lib/audit/actor'
import { shopForFile } from '@/lib/checkout/shop-for-file.fixture'
import type { EventId } from '@/lib/ids'
import { stripeClient } from '@/lib/stripe/client'
import { productionPorts } from '@/lib/sync/production-ports'
import { syncCustomer } from '@/lib/sync/sync-customer'
import { arrived } from './arrived.fixture'
import { buyer } from './buyer.fixture'
import { changesNothing, dryRun } from './dry-run'
import { readEventFile } from './event'
import { type EventFilter, readEvents } from './events'
import { replayOnce } from './replay'

const ANA = operatorActor('f0000000-0000-4000-8000-00000000000c')
const reason = 'The rule was wrong until today'
const ALL: EventFilter = { state: null, type: null, customer: null, after: null }

shopForFile()
let one: Awaited<ReturnType<typeof buyer>>
beforeEach(async () => {
  await db().delete(webhookEvents)
  await db().delete(syncTargets)
  one = await buyer()
})

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

  test('has each once, the newest first, over pages of those that came within one millisecond', async () => {
    // The later an event came, the smaller its id: within a millisecond the two orders are opposite.
    const ids: EventId[] = []
    for (let n = 0; n < 120; n += 1) ids.push(await arrived(one.customerId))
    const inOrder = ids.toSorted()
    for (const [n, id] of inOrder.entries()) {
      const at = `2026-11-20T10:00:00.000${String(999 - n)}Z`
      await db()
        .update(webhookEvents)
        .set({ receivedAt: sql`${at}::timestamptz` })
        .where(eq(webhookEvents.id, id))
    }
    const seen: string[] = []
    let after: Awaited<ReturnType<typeof readEvents>>['next'] = null
    do {
      const page: Awaited<ReturnType<typeof readEvents>> = await readEvents({ ...ALL, after })
      seen.push(...page.events.map(({ id }) => id))
      // As the address of the next page carries it.
      const query = Object.fromEntries(
        new URLSearchParams(filterQuery({ ...ALL, after: page.next })),
      )
      after = readFilter(query).after
    } while (after)
    expect(seen).toEqual(inOrder)
  })

  test('begins at the newest where an address names no instant that Postgres has', () => {
    for (const before of ['2026-02-30T10:00:00.000000Z', 'now', '2026-11-20', '9'.repeat(30)])
      expect(readFilter({ before, id: 'evt_1' }).after, before).toBeNull()
    const at = '2026-11-20T10:00:00.000999Z'
    expect(readFilter({ before: at, id: 'evt_1' }).after).toEqual({ at, id: 'evt_1' })
  })

  test('has those of one state, of one type or of one customer', async () => {
    const other = await buyer()
    const dead = await arrived(one.customerId, { state: 'dead' })
    const paid = await arrived(other.customerId, { type: 'invoice.paid' })
    const ids = async (filter: Partial<EventFilter>) =>
      (await readEvents({ ...ALL, ...filter })).events.map(({ id }) => id)
    expect(await ids({ state: 'dead' })).toEqual([dead])
    expect(await ids({ type: 'invoice.paid' })).toEqual([paid])
    expect(await ids({ customer: other.customerId })).toEqual([paid])
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
      outcomes: [
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
