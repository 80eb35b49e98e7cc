import { eq } from 'drizzle-orm'
import { beforeEach, describe, expect, test } from 'vitest'
import { db } from '@/db/client'
import { listAudit } from '@/db/queries/audit'
import { findEvent } from '@/db/queries/stored-events'
import { syncTargets, webhookEvents } from '@/db/schema/events'
import { operatorActor } from '@/lib/audit/actor'
import { shopForFile } from '@/lib/checkout/shop-for-file.fixture'
import { arrived } from './arrived.fixture'
import { buyer } from './buyer.fixture'
import { readStuck, replayGroup } from './stuck'

const ANA = operatorActor('f0000000-0000-4000-8000-00000000000c')
const reason = 'The rule was wrong until today'

shopForFile()
let one: Awaited<ReturnType<typeof buyer>>
beforeEach(async () => {
  await db().delete(webhookEvents)
  await db().delete(syncTargets)
  one = await buyer()
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

  test('goes to a page without the words of its error, which may name a person', async () => {
    const lastError = 'No such customer: ada.lovelace@example.test, token sk_test_51Habcdefgh'
    await arrived(one.customerId, { state: 'dead', lastError })
    const { groups, seen } = await readStuck()
    expect(groups).toMatchObject([{ signature: expect.stringMatching(/^[0-9a-f]{32}$/) }])
    expect(JSON.stringify(groups)).not.toMatch(/lovelace|51Habcdefgh/)
    const { signature } = groups[0] ?? expect.unreachable()
    await replayGroup(ANA, { kind: 'dead', signature, seen, reason })
    const [act] = (await listAudit('console:stuck')).slice(-1)
    expect(act?.after).toMatchObject({
      kind: 'dead',
      error: expect.stringContaining('No such'),
    })
    expect(JSON.stringify(act)).not.toMatch(/lovelace|51Habcdefgh/)
  })

  test('is not on record as replayed where none of the group waits any more', async () => {
    const { seen } = await readStuck()
    const signature = '0123456789abcdef0123456789abcdef'
    await expect(replayGroup(ANA, { kind: 'dead', signature, seen, reason })).rejects.toMatchObject(
      { reason: 'console_not_dead' },
    )
    expect((await readStuck()).seen).toBe(seen)
  })

  test('of a target that failed for a day is read again soon', async () => {
    await arrived(one.customerId)
    const far = new Date(Date.now() + 5 * 3_600_000)
    const set = { attempts: 12, lastError: 'Stripe is away.', nextRunAt: far }
    await db().update(syncTargets).set(set).where(eq(syncTargets.key, one.customerId))
    const { groups, seen } = await readStuck()
    expect(groups).toMatchObject([{ kind: 'parked', count: 1, title: 'Stripe is away.' }])
    const { signature } = groups[0] ?? expect.unreachable()
    await replayGroup(ANA, { kind: 'parked', signature, seen, reason })
    const [target] = await db()
      .select()
      .from(syncTargets)
      .where(eq(syncTargets.key, one.customerId))
    expect(target?.nextRunAt.getTime()).toBeLessThan(Date.now() + 60_000)
  })
})
