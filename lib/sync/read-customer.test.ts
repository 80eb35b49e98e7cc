import { beforeEach, describe, expect, it } from 'vitest'
import type { Claim } from '@/db/queries/claim'
import type { Change } from '@/db/queries/ledger'
import { BRAND } from '@/lib/brand'
import { NotFound } from '@/lib/errors'
import type { CustomerSnapshot } from '@/lib/stripe/customers'
import type { SubscriptionSnapshot } from '@/lib/stripe/subscriptions'
import { personalWorkspaceOf } from '@/lib/workspaces/personal'
import { portsWith } from './ports.fixture'
import {
  CUSTOMER,
  claim,
  customer,
  entitlement,
  NOW,
  row,
  seenCustomer,
  snapshot,
  WORKSPACE,
} from './rows.fixture'
import { runClaim } from './run-claim'

const OTHER = personalWorkspaceOf('0000bea0-0000-4000-8000-000000000000')
const actor = { type: 'system', job: 'drain' } as const
const subscribed = claim({ subscriptions: [row()], entitlement: entitlement() })

let calls: string[]
let committed: Change[]
let shown: { subscriptions: SubscriptionSnapshot[]; customer: CustomerSnapshot | null }

beforeEach(() => {
  calls = []
  committed = []
  shown = { subscriptions: [snapshot()], customer: shownCustomer() }
})

function shownCustomer(over: Partial<CustomerSnapshot> = {}): CustomerSnapshot {
  const metadata = { app: BRAND.stripe.app, env: 'test', workspaceId: WORKSPACE, userId: null }
  return { id: CUSTOMER, deleted: false, metadata, ...over }
}

function run(held: Claim) {
  const ports = portsWith({
    ledger: {
      applySync: async (_, change) => {
        calls.push('apply')
        committed.push(change)
        return { applied: true, again: false, waitMs: 0 }
      },
    },
    stripe: {
      listSubscriptions: async () => {
        calls.push('list')
        return shown.subscriptions
      },
      retrieveCustomer: async () => {
        calls.push('customer')
        if (!shown.customer) throw new NotFound('not_at_stripe')
        return shown.customer
      },
    },
  })
  return runClaim(ports, held, actor)
}

describe('a known customer', () => {
  const plain = { subscriptions: [row()], entitlement: null }
  const event = (type: string) => ({
    ...{ id: 'evt_1' as const, type, objectId: CUSTOMER, attempt: null, tries: 0 },
  })

  it('without a workspace is looked up at each read, because its metadata can be added at any time', async () => {
    const unlinked = customer({ workspaceId: null, claimedWorkspaceId: null })
    await run(claim({ ...plain, customer: unlinked }))
    expect(committed[0]?.customer).toEqual(seenCustomer({ actor }))
  })

  it('is looked up when it changed, and not written when it still names its workspace', async () => {
    const changed = claim({ ...plain, events: [event('customer.updated')] })
    await run(changed)
    expect(calls).toEqual(['list', 'customer', 'apply'])
    expect(committed[0]?.customer).toBeNull()
  })

  it.each([null, OTHER])('is written when its metadata name %s instead', async (workspaceId) => {
    shown.customer = shownCustomer({
      metadata: { app: BRAND.stripe.app, env: 'test', workspaceId, userId: null },
    })
    await run(claim({ ...plain, events: [event('customer.updated')] }))
    expect(committed[0]?.customer).toEqual(seenCustomer({ actor, claimedWorkspaceId: workspaceId }))
  })

  it('and whose user was erased is not looked up any more', async () => {
    const erased = customer({ workspaceId: null, erasedAt: NOW })
    await run(claim({ ...plain, customer: erased }))
    expect(calls).toEqual(['list', 'apply'])
  })
})

describe('a customer that Stripe does not have', () => {
  beforeEach(() => {
    shown.subscriptions = []
    shown.customer = null
  })

  it('is done with one read, and nothing that was paid for ends: the key may be of another account', async () => {
    await run(subscribed)
    expect(committed).toMatchObject([
      { customer: { missing: true }, subscriptions: [], entitlement: null, retry: null },
    ])
  })

  it('keeps the facts that its events report', async () => {
    const id = 'evt_1' as const
    const paid = { id, type: 'invoice.paid', objectId: 'in_1', attempt: null, tries: 0 }
    await run(claim({ customer: null, events: [paid] }))
    expect(committed[0]?.facts).toMatchObject([{ key: 'invoice.paid:in_1' }])
  })

  it('is asked for at the next look, and found once the key is right again', async () => {
    const missed = claim({ ...subscribed, customer: customer({ missingAt: NOW }) })
    shown.subscriptions = [snapshot()]
    shown.customer = shownCustomer()
    await run(missed)
    expect(committed[0]?.customer).toEqual(seenCustomer({ actor }))
  })

  it('takes its subscriptions along once an operator has given it up', async () => {
    const givenUp = customer({ missingAt: NOW, deletedAt: NOW })
    await run(claim({ ...subscribed, customer: givenUp }))
    expect(calls).toEqual(['list', 'apply'])
    expect(committed[0]).toMatchObject({
      subscriptions: [{ status: 'canceled', endedAt: NOW }],
      entitlement: { tier: 'free' },
    })
  })
})
