import { randomUUID } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { listAudit } from '@/db/queries/audit'
import { findCustomerId } from '@/db/queries/customers'
import { BRAND } from '@/lib/brand'
import { SMALL } from '@/lib/catalog/tiers.fixture'
import { shopper } from '@/lib/checkout/shop.fixture'
import { shopForFile } from '@/lib/checkout/shop-for-file.fixture'
import { startCheckout } from '@/lib/checkout/start'
import { stripeClient } from '@/lib/stripe/client'
import { personalWorkspaceOf } from '@/lib/workspaces/personal'
import { someone } from '@/lib/workspaces/someone.fixture'
import { dailyScan, due, madeByHand, namedFor, notificationsAbout, tierOf } from './by-hand.fixture'

shopForFile()

describe('a customer that support made in the dashboard without metadata', () => {
  it('is linked when an event reports that they were added, and its user gets what it pays for', async () => {
    const { workspaceId } = await shopper()
    const made = await madeByHand()
    await made.hear('customer.subscription.created')
    expect(await made.row()).toMatchObject({ workspaceId: null, conflict: null })
    expect(await tierOf(workspaceId)).toBe('free')

    await stripeClient().customers.update(made.id, { metadata: namedFor(workspaceId) })
    await made.hear()
    expect(await made.row()).toMatchObject({
      workspaceId,
      claimedWorkspaceId: workspaceId,
      conflict: null,
    })
    expect(await tierOf(workspaceId)).toBe(SMALL)
    const link = (await listAudit(made.id)).find(({ action }) => action === 'customer.link')
    expect(link).toMatchObject({
      actor: { type: 'stripe' },
      after: { customer: made.id, workspaceId },
      eventIds: [expect.stringMatching(/^evt_/)],
    })
    expect(await notificationsAbout(made.id)).toEqual([])
  })

  it('is linked by the daily scan when no event reports it', async () => {
    const { workspaceId } = await shopper()
    const made = await madeByHand()
    await made.hear('customer.subscription.created')
    await stripeClient().customers.update(made.id, { metadata: namedFor(workspaceId) })
    await dailyScan()
    expect(await tierOf(workspaceId)).toBe(SMALL)
    expect(await made.trail()).toContain('customer.link')
    expect(await findCustomerId(workspaceId)).toBe(made.id)
  })

  it('stays unlinked while its metadata are of another application or environment', async () => {
    const { workspaceId } = await shopper()
    const made = await madeByHand({ ...namedFor(workspaceId), env: 'production' })
    await made.hear('customer.subscription.created')
    await dailyScan()
    expect(await made.row()).toMatchObject({ workspaceId: null, claimedWorkspaceId: null })
    expect(await tierOf(workspaceId)).toBe('free')
  })
})

describe('a customer from before workspaces', () => {
  const older = (userId: string) => ({ app: BRAND.stripe.app, env: 'test', user_id: userId })

  it('says user_id, and becomes that user’s own workspace’s', async () => {
    const { userId, workspaceId } = await shopper()
    const made = await madeByHand(older(userId))
    await made.hear()
    expect(await made.row()).toMatchObject({ workspaceId, conflict: null })
    expect(await tierOf(workspaceId)).toBe(SMALL)
    expect(await dailyScan()).toMatchObject({ drifted: 0 })
  })

  it('that says both belongs to the workspace, where the two disagree', async () => {
    const [before, now] = [await shopper(), await shopper()]
    const made = await madeByHand({ ...older(before.userId), ...namedFor(now.workspaceId) })
    await made.hear()
    expect(await made.row()).toMatchObject({ workspaceId: now.workspaceId, conflict: null })
    expect(await tierOf(before.workspaceId)).toBe('free')
  })

  it('that names a workspace which does not exist is linked to none, and operators are notified', async () => {
    const { userId, workspaceId } = await shopper()
    const nowhere = personalWorkspaceOf(randomUUID())
    const made = await madeByHand({ ...older(userId), ...namedFor(nowhere) })
    await made.hear()
    expect(await made.row()).toMatchObject({ workspaceId: null, conflict: 'no_such_workspace' })
    expect(await tierOf(workspaceId)).toBe('free')
    expect(await notificationsAbout(made.id)).toEqual(['customer.conflict'])
  })
})

describe('a customer whose workspace is known', () => {
  it('stays theirs when its metadata are removed', async () => {
    const { workspaceId } = await shopper()
    const made = await madeByHand(namedFor(workspaceId))
    await made.hear()
    await stripeClient().customers.update(made.id, {
      metadata: { app: '', env: '', workspace_id: '' },
    })
    await made.hear()
    await dailyScan()
    expect(await made.row()).toMatchObject({
      workspaceId,
      claimedWorkspaceId: null,
      conflict: null,
    })
    expect(await tierOf(workspaceId)).toBe(SMALL)
  })

  it('whose metadata name another is reported by the daily scan, once, when no event reports it', async () => {
    const [first, second] = [await shopper(), await shopper()]
    const made = await madeByHand(namedFor(first.workspaceId))
    await made.hear()
    await stripeClient().customers.update(made.id, { metadata: namedFor(second.workspaceId) })
    expect(await dailyScan()).toMatchObject({ drifted: 1 })
    expect(await made.row()).toMatchObject({ conflict: 'belongs_to_another', doubtedAt: null })
    expect(await dailyScan()).toMatchObject({ drifted: 0 })
    expect(await notificationsAbout(made.id)).toEqual(['customer.conflict'])
  })

  it('stays theirs when its metadata name another, and operators are notified once', async () => {
    const [first, second] = [await shopper(), await shopper()]
    const made = await madeByHand(namedFor(first.workspaceId))
    await made.hear()
    await stripeClient().customers.update(made.id, { metadata: namedFor(second.workspaceId) })
    await made.hear()
    await made.hear()
    await dailyScan()
    expect(await made.row()).toMatchObject({
      workspaceId: first.workspaceId,
      claimedWorkspaceId: second.workspaceId,
      conflict: 'belongs_to_another',
    })
    expect([await tierOf(first.workspaceId), await tierOf(second.workspaceId)]).toEqual([
      SMALL,
      'free',
    ])
    expect(await notificationsAbout(made.id)).toEqual(['customer.conflict'])
    const said = (await listAudit(made.id)).filter(({ action }) => action === 'customer.conflict')
    expect(said).toMatchObject([
      {
        after: {
          conflict: 'belongs_to_another',
          claims: second.workspaceId,
          workspaceId: first.workspaceId,
        },
      },
    ])

    await stripeClient().customers.update(made.id, { metadata: namedFor(first.workspaceId) })
    await made.hear()
    expect(await made.row()).toMatchObject({ conflict: null })
  })
})

describe('a customer that names a workspace which does not exist', () => {
  const later = () => {
    const id = randomUUID()
    return { workspaceId: personalWorkspaceOf(id), join: () => someone({ id }) }
  }

  it('is reported to operators, and becomes theirs with the next event once they exist', async () => {
    const { workspaceId, join } = later()
    const made = await madeByHand(namedFor(workspaceId))
    await made.hear()
    expect(await made.row()).toMatchObject({ workspaceId: null, conflict: 'no_such_workspace' })
    expect(await notificationsAbout(made.id)).toEqual(['customer.conflict'])
    await join()
    await made.hear('invoice.paid')
    expect(await made.row()).toMatchObject({ workspaceId, conflict: null })
    expect(await tierOf(workspaceId)).toBe(SMALL)
  })

  it('becomes theirs by the daily scan, too', async () => {
    const { workspaceId, join } = later()
    const made = await madeByHand(namedFor(workspaceId))
    await made.hear()
    await dailyScan()
    expect((await made.trail()).filter((action) => action === 'drift.detect')).toEqual([])
    await join()
    await dailyScan()
    expect(await tierOf(workspaceId)).toBe(SMALL)
  })

  it('becomes theirs before they buy a second time', async () => {
    const { workspaceId, join } = later()
    const made = await madeByHand(namedFor(workspaceId))
    await made.hear()
    expect(await startCheckout((await join()).actor, { tier: SMALL, interval: 'month' })).toEqual({
      kind: 'change_plan',
    })
    expect(await findCustomerId(workspaceId)).toBe(made.id)
    const named = await stripeClient().customers.list({ limit: 100 })
    expect(named.data.filter(({ metadata }) => metadata.workspace_id === workspaceId)).toHaveLength(
      1,
    )
  })
})

describe('two customers that name one workspace', () => {
  it('are not mixed up: the first stays, operators are notified of the other, which follows when the first is gone', async () => {
    const { workspaceId } = await shopper()
    const [first, second] = [
      await madeByHand(namedFor(workspaceId)),
      await madeByHand(namedFor(workspaceId)),
    ]
    await first.hear()
    await second.hear()
    await second.hear('invoice.paid')
    expect(await second.row()).toMatchObject({
      workspaceId: null,
      conflict: 'workspace_has_another',
    })
    const kinds = await notificationsAbout(second.id)
    expect(kinds.filter((kind) => kind !== 'invoice.paid')).toEqual(['customer.conflict'])
    const said = (await listAudit(second.id)).find(({ action }) => action === 'customer.conflict')
    expect(said?.after).toMatchObject({ claims: workspaceId, keeps: first.id })

    await stripeClient().customers.del(first.id)
    await first.hear('customer.deleted')
    await due()
    expect(await second.row()).toMatchObject({ workspaceId, conflict: null })
    expect(await tierOf(workspaceId)).toBe(SMALL)
  })

  it('that are read at the same moment leave one with the workspace', async () => {
    const { workspaceId } = await shopper()
    const both = await Promise.all([1, 2, 3].map(() => madeByHand(namedFor(workspaceId))))
    await Promise.all(both.map((each) => each.hear()))
    const rows = await Promise.all(both.map((each) => each.row()))
    expect(rows.filter((row) => row?.workspaceId === workspaceId)).toHaveLength(1)
    expect(rows.filter((row) => row?.conflict === 'workspace_has_another')).toHaveLength(2)
    expect(await tierOf(workspaceId)).toBe(SMALL)
  })
})
