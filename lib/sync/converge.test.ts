import { describe, expect, it } from 'vitest'
import { SMALL } from '@/lib/catalog/tiers.fixture'
import { type Context, converge, type Read } from './converge'
import { mirrorOf } from './mirror'
import { NO_CHANGE } from './no-change'
import {
  CONTEXT,
  CUSTOMER,
  claim,
  customer,
  day,
  entitlement,
  invoice,
  item,
  NO_PRICES,
  NOW,
  row,
  seenCustomer,
  snapshot,
  WORKSPACE,
} from './rows.fixture'

const context: Context = {
  actor: { type: 'stripe', eventId: 'evt_1' },
  now: NOW,
  prices: NO_PRICES,
}
const read = (...subscriptions: Read['subscriptions']): Read => ({ subscriptions, customer: null })
const pending = (type: string, objectId: string | null, id: `evt_${string}` = 'evt_1') => ({
  id,
  type,
  objectId,
  attempt: null,
  tries: 0,
})
const synced = claim({ subscriptions: [row()], entitlement: entitlement() })
describe('a read of Stripe', () => {
  it('that shows nothing new makes no rows and no audits', () => {
    expect(converge(synced, read(snapshot()), context)).toEqual(NO_CHANGE)
  })

  it('that shows a first subscription starts it, opens access and says so once', () => {
    const waiting = claim({ events: [pending('customer.subscription.created', 'sub_1')] })
    const { fence: _, syncedAt: __, ...mirrored } = row()
    const { fence: ___, computedAt: ____, ...allowed } = entitlement()
    const change = converge(waiting, read(snapshot()), context)
    expect(change).toMatchObject({ subscriptions: [mirrored], entitlement: allowed })
    expect(change.audits).toEqual([
      expect.objectContaining({
        action: 'subscription.start',
        actor: context.actor,
        eventIds: ['evt_1'],
        before: {},
        after: expect.objectContaining({
          subscription: 'sub_1',
          status: 'active',
          entitlement: expect.objectContaining({ tier: SMALL, access: 'full' }),
        }),
      }),
    ])
  })

  it('that shows a cancellation in the portal audits what changed and nothing else', () => {
    const { audits } = converge(synced, read(snapshot({ cancelAt: day(20) })), context)
    expect(audits).toEqual([
      {
        action: 'subscription.schedule_cancel',
        actor: context.actor,
        eventIds: [],
        before: { subscription: 'sub_1', cancelAt: null, entitlement: { validUntil: day(34) } },
        after: { subscription: 'sub_1', cancelAt: day(20), entitlement: { validUntil: day(20) } },
      },
    ])
  })

  it('that shows the same subscription after its grace takes access away and audits that alone', () => {
    const unpaid = invoice({ status: 'open', paid: 0, finalizedAt: day(-20) })
    const due = snapshot({ status: 'past_due', invoices: [unpaid, invoice()] })
    const kept = mirrorOf(due, undefined, CONTEXT)
    const stale = claim({
      subscriptions: [{ ...row(), ...kept }],
      entitlement: entitlement({ status: 'past_due', access: 'grace' }),
    })
    const { subscriptions, audits, entitlement: now } = converge(stale, read(due), context)
    expect(subscriptions).toEqual([])
    expect(now).toMatchObject({ tier: 'free', access: 'none', status: 'past_due' })
    expect(audits).toEqual([
      expect.objectContaining({
        action: 'entitlement.change',
        before: expect.objectContaining({ tier: SMALL, access: 'grace' }),
        after: expect.objectContaining({ customer: CUSTOMER, tier: 'free', access: 'none' }),
      }),
    ])
  })

  it('that shows the end of an old subscription does not downgrade a new one', () => {
    const both = claim({
      subscriptions: [row({ id: 'sub_old' }), row()],
      entitlement: entitlement(),
    })
    const over = snapshot({ id: 'sub_old', status: 'canceled', endedAt: NOW })
    const change = converge(both, read(over, snapshot()), context)
    expect(change.audits.map(({ action }) => action)).toEqual(['subscription.end'])
    expect(change.entitlement).toBeNull()
  })

  it('that shows several changes audits each, and access in the first', () => {
    const change = converge(claim(), read(snapshot(), snapshot({ id: 'sub_2' })), context)
    const moved = change.audits.map(({ after }) => [
      after?.subscription,
      Object.hasOwn(after ?? {}, 'entitlement'),
    ])
    expect(moved).toEqual([
      ['sub_1', true],
      ['sub_2', false],
    ])
  })

  it('of a customer whose user we do not know keeps its subscriptions and opens no access', () => {
    const unlinked = claim({ customer: customer({ workspaceId: null }) })
    const change = converge(unlinked, read(snapshot()), context)
    expect(change).toMatchObject({ subscriptions: [{ id: 'sub_1' }], entitlement: null })
  })

  it('of a customer whose workspace has another one now leaves that workspace’s access alone', () => {
    const change = converge({ ...synced, superseded: true }, read(), context)
    expect(change.subscriptions).toMatchObject([{ id: 'sub_1', status: 'canceled' }])
    expect(change.entitlement).toBeNull()
  })

  it('that shows an unknown price keeps what stands and is to be looked at again', () => {
    const unknown = snapshot({
      items: [item({ priceId: 'price_x', lookupKey: null, metadataTier: null })],
    })
    const change = converge(synced, read(unknown), context)
    expect(change.retry).toMatch(/^The catalog does not know price_x\. /)
    expect(change.entitlement).toMatchObject({
      workspaceId: WORKSPACE,
      tier: SMALL,
      access: 'full',
    })
  })
})

describe('a subscription that a deleted customer took along', () => {
  it('has ended now, and access with it', () => {
    const before = row({
      status: 'past_due',
      pastDueSince: day(-2),
      cancelAt: day(3),
      cancelAtPeriodEnd: true,
    })
    const deleted = seenCustomer({ claimedWorkspaceId: null, deletedAt: NOW })
    const gone = claim({ subscriptions: [before], entitlement: entitlement() })
    const change = converge(gone, { subscriptions: [], customer: deleted }, context)
    const { fence: _, syncedAt: __, ...mirrored } = before
    const ended = {
      status: 'canceled',
      endedAt: NOW,
      pastDueSince: null,
      cancelAt: null,
      cancelAtPeriodEnd: false,
    }
    expect(change.subscriptions).toEqual([{ ...mirrored, ...ended }])
    expect(change.customer).toEqual(deleted)
    expect(change.entitlement).toMatchObject({ tier: 'free', access: 'none' })
    expect(change.audits.map(({ action }) => action)).toEqual([
      'customer.delete',
      'subscription.end',
    ])
  })

  it('is recorded as deleted once: a customer that our records call deleted is no news', () => {
    const known = claim({ customer: customer({ deletedAt: day(-1) }) })
    const deleted = seenCustomer({ claimedWorkspaceId: null, deletedAt: NOW })
    expect(converge(known, { subscriptions: [], customer: deleted }, context).audits).toEqual([
      expect.objectContaining({ action: 'entitlement.change' }),
    ])
  })

  it('stays as it ended if it had ended before', () => {
    const before = row({ status: 'canceled', endedAt: day(-5) })
    const change = converge(claim({ subscriptions: [before] }), read(), context)
    expect(change.subscriptions).toEqual([])
  })
})
