import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { db, disconnect } from '@/db/client'
import { listAudit } from '@/db/queries/audit'
import { findCustomerId } from '@/db/queries/customers'
import { users } from '@/db/schema/auth'
import { SMALL } from '@/lib/catalog/tiers.fixture'
import { openShop, shopper } from '@/lib/checkout/shop.fixture'
import { startCheckout } from '@/lib/checkout/start'
import { stripeClient } from '@/lib/stripe/client'
import type { RunningSandbox } from '@/sandbox/server'
import { dailyScan, due, madeByHand, namedFor, notificationsAbout, tierOf } from './by-hand.fixture'

let shop: RunningSandbox
beforeAll(async () => {
  shop = await openShop()
})
afterAll(async () => {
  await disconnect()
  await shop.stop()
})

describe('a customer that support made in the dashboard without metadata', () => {
  it('is linked when an event tells that they were added, and its user gets what it pays for', async () => {
    const { userId } = await shopper()
    const made = await madeByHand()
    await made.hear('customer.subscription.created')
    expect(await made.row()).toMatchObject({ userId: null, conflict: null })
    expect(await tierOf(userId)).toBe('free')

    await stripeClient().customers.update(made.id, { metadata: namedFor(userId) })
    await made.hear()
    expect(await made.row()).toMatchObject({ userId, claimedUserId: userId, conflict: null })
    expect(await tierOf(userId)).toBe(SMALL)
    const link = (await listAudit(made.id)).find(({ action }) => action === 'customer.link')
    expect(link).toMatchObject({
      actor: { type: 'stripe' },
      after: { customer: made.id, userId },
      eventIds: [expect.stringMatching(/^evt_/)],
    })
    expect(await notificationsAbout(made.id)).toEqual([])
  })

  it('is linked by the daily scan when no event tells of it', async () => {
    const { userId } = await shopper()
    const made = await madeByHand()
    await made.hear('customer.subscription.created')
    await stripeClient().customers.update(made.id, { metadata: namedFor(userId) })
    await dailyScan()
    expect(await tierOf(userId)).toBe(SMALL)
    expect(await made.trail()).toContain('customer.link')
    expect(await findCustomerId(userId)).toBe(made.id)
  })

  it('stays nobody’s while its metadata are of another application or environment', async () => {
    const { userId } = await shopper()
    const made = await madeByHand({ ...namedFor(userId), env: 'production' })
    await made.hear('customer.subscription.created')
    await dailyScan()
    expect(await made.row()).toMatchObject({ userId: null, claimedUserId: null })
    expect(await tierOf(userId)).toBe('free')
  })
})

describe('a customer whose user is known', () => {
  it('stays theirs when its metadata are removed', async () => {
    const { userId } = await shopper()
    const made = await madeByHand(namedFor(userId))
    await made.hear()
    await stripeClient().customers.update(made.id, { metadata: { app: '', env: '', user_id: '' } })
    await made.hear()
    await dailyScan()
    expect(await made.row()).toMatchObject({ userId, claimedUserId: null, conflict: null })
    expect(await tierOf(userId)).toBe(SMALL)
  })

  it('is told to name another by the daily scan, once, when no event tells of it', async () => {
    const [first, second] = [await shopper(), await shopper()]
    const made = await madeByHand(namedFor(first.userId))
    await made.hear()
    await stripeClient().customers.update(made.id, { metadata: namedFor(second.userId) })
    expect(await dailyScan()).toMatchObject({ drifted: 1 })
    expect(await made.row()).toMatchObject({ conflict: 'belongs_to_another', doubtedAt: null })
    expect(await dailyScan()).toMatchObject({ drifted: 0 })
    expect(await notificationsAbout(made.id)).toEqual(['customer.conflict'])
  })

  it('stays theirs when its metadata name another, and operators are told once', async () => {
    const [first, second] = [await shopper(), await shopper()]
    const made = await madeByHand(namedFor(first.userId))
    await made.hear()
    await stripeClient().customers.update(made.id, { metadata: namedFor(second.userId) })
    await made.hear()
    await made.hear()
    await dailyScan()
    expect(await made.row()).toMatchObject({
      userId: first.userId,
      claimedUserId: second.userId,
      conflict: 'belongs_to_another',
    })
    expect([await tierOf(first.userId), await tierOf(second.userId)]).toEqual([SMALL, 'free'])
    expect(await notificationsAbout(made.id)).toEqual(['customer.conflict'])
    const said = (await listAudit(made.id)).filter(({ action }) => action === 'customer.conflict')
    expect(said).toMatchObject([
      { after: { conflict: 'belongs_to_another', claims: second.userId, userId: first.userId } },
    ])

    await stripeClient().customers.update(made.id, { metadata: namedFor(first.userId) })
    await made.hear()
    expect(await made.row()).toMatchObject({ conflict: null })
  })
})

describe('a customer that names a user who does not exist', () => {
  const later = () => {
    const userId = randomUUID()
    const join = () =>
      db()
        .insert(users)
        .values({ id: userId, email: `${userId}@example.test` })
    return { userId, join }
  }

  it('is told to operators, and becomes theirs with the next event once they exist', async () => {
    const { userId, join } = later()
    const made = await madeByHand(namedFor(userId))
    await made.hear()
    expect(await made.row()).toMatchObject({ userId: null, conflict: 'no_such_user' })
    expect(await notificationsAbout(made.id)).toEqual(['customer.conflict'])
    await join()
    await made.hear('invoice.paid')
    expect(await made.row()).toMatchObject({ userId, conflict: null })
    expect(await tierOf(userId)).toBe(SMALL)
  })

  it('becomes theirs by the daily scan, too', async () => {
    const { userId, join } = later()
    const made = await madeByHand(namedFor(userId))
    await made.hear()
    await dailyScan()
    expect((await made.trail()).filter((action) => action === 'drift.detect')).toEqual([])
    await join()
    await dailyScan()
    expect(await tierOf(userId)).toBe(SMALL)
  })

  it('becomes theirs before they buy a second time', async () => {
    const { userId, join } = later()
    const made = await madeByHand(namedFor(userId))
    await made.hear()
    await join()
    const actor = { type: 'user', id: userId } as const
    expect(await startCheckout(actor, { tier: SMALL, interval: 'month' })).toEqual({
      kind: 'change_plan',
    })
    expect(await findCustomerId(userId)).toBe(made.id)
    const named = await stripeClient().customers.list({ limit: 100 })
    expect(named.data.filter(({ metadata }) => metadata.user_id === userId)).toHaveLength(1)
  })
})

describe('two customers that name one user', () => {
  it('are not mixed up: the first stays, operators are told of the other, which follows when the first is gone', async () => {
    const { userId } = await shopper()
    const [first, second] = [await madeByHand(namedFor(userId)), await madeByHand(namedFor(userId))]
    await first.hear()
    await second.hear()
    await second.hear('invoice.paid')
    expect(await second.row()).toMatchObject({ userId: null, conflict: 'user_has_another' })
    expect(await notificationsAbout(second.id)).toEqual(['customer.conflict'])
    const said = (await listAudit(second.id)).find(({ action }) => action === 'customer.conflict')
    expect(said?.after).toMatchObject({ claims: userId, keeps: first.id })

    await stripeClient().customers.del(first.id)
    await first.hear('customer.deleted')
    await due()
    expect(await second.row()).toMatchObject({ userId, conflict: null })
    expect(await tierOf(userId)).toBe(SMALL)
  })

  it('that are read at the same moment leave one with the user', async () => {
    const { userId } = await shopper()
    const both = await Promise.all([1, 2, 3].map(() => madeByHand(namedFor(userId))))
    await Promise.all(both.map((each) => each.hear()))
    const rows = await Promise.all(both.map((each) => each.row()))
    expect(rows.filter((row) => row?.userId === userId)).toHaveLength(1)
    expect(rows.filter((row) => row?.conflict === 'user_has_another')).toHaveLength(2)
    expect(await tierOf(userId)).toBe(SMALL)
  })
})
