import { beforeEach, describe, expect, it } from 'vitest'
import type { Claim } from '@/db/queries/claim'
import type { Change } from '@/db/queries/ledger'
import { BRAND } from '@/lib/brand'
import type { CustomerSnapshot } from '@/lib/stripe/customers'
import type { SubscriptionSnapshot } from '@/lib/stripe/subscriptions'
import type { SyncPorts } from './ports'
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

const actor = { type: 'system', job: 'drain' } as const
const shownCustomer = (over: Partial<CustomerSnapshot> = {}): CustomerSnapshot => ({
  id: CUSTOMER,
  deleted: false,
  metadata: { app: BRAND.stripe.app, env: 'test', workspaceId: WORKSPACE, userId: null },
  ...over,
})

let calls: string[]
let committed: Change[]
let failures: { claim: Claim; error: string }[]
let stripe: { subscriptions: SubscriptionSnapshot[] | Error; customer: CustomerSnapshot | Error }
let applied = { applied: true, again: false, waitMs: 0 }
let ports: SyncPorts

beforeEach(() => {
  calls = []
  committed = []
  failures = []
  stripe = { subscriptions: [snapshot()], customer: shownCustomer() }
  applied = { applied: true, again: false, waitMs: 0 }
  ports = portsWith({
    ledger: {
      applySync: async (_, change) => {
        calls.push('apply')
        committed.push(change)
        return applied
      },
      failTarget: async (held, error) => {
        failures.push({ claim: held, error })
      },
    },
    stripe: {
      listSubscriptions: async () => {
        calls.push('list')
        if (stripe.subscriptions instanceof Error) throw stripe.subscriptions
        return stripe.subscriptions
      },
      retrieveCustomer: async () => {
        calls.push('customer')
        if (stripe.customer instanceof Error) throw stripe.customer
        return stripe.customer
      },
    },
  })
})

const subscribed = claim({ subscriptions: [row()], entitlement: entitlement() })

describe('a claimed target', () => {
  it('costs one read of Stripe and one round trip to commit it', async () => {
    expect(await runClaim(ports, subscribed, actor)).toMatchObject(applied)
    expect(calls).toEqual(['list', 'apply'])
    expect(failures).toEqual([])
  })

  it('that was overtaken by a newer read says so, and that is no failure', async () => {
    applied = { applied: false, again: false, waitMs: 0 }
    expect(await runClaim(ports, subscribed, actor)).toMatchObject(applied)
    expect(failures).toEqual([])
  })

  it('is given back for a later try when Stripe cannot be read, and the reason goes on', async () => {
    stripe.subscriptions = new Error('Stripe did not answer')
    await expect(runClaim(ports, subscribed, actor)).rejects.toThrow('Stripe did not answer')
    expect(failures).toEqual([{ claim: subscribed, error: 'Error: Stripe did not answer' }])
    expect(committed).toEqual([])
  })

  it('is given back when the commit fails', async () => {
    ports.ledger.applySync = () => Promise.reject(new Error('connection lost'))
    await expect(runClaim(ports, subscribed, actor)).rejects.toThrow('connection lost')
    expect(failures).toEqual([{ claim: subscribed, error: 'Error: connection lost' }])
  })
})

it('a read waits for its turn beside answers to Stripe, and one that a user waits for does not', async () => {
  ports.inTurn = async (work) => {
    calls.push('turn')
    return work()
  }
  await runClaim(ports, subscribed, actor)
  expect(calls.splice(0)).toEqual(['turn', 'list', 'apply'])
  await runClaim(ports, subscribed, actor, { countAttempt: false })
  expect(calls).toEqual(['list', 'apply'])
})

it('the first error is thrown when the target cannot even be given back', async () => {
  stripe.subscriptions = new Error('Stripe did not answer')
  ports.ledger.failTarget = () => Promise.reject(new Error('connection lost'))
  await expect(runClaim(ports, subscribed, actor)).rejects.toThrow('Stripe did not answer')
})

describe('a customer who is new to us', () => {
  const unknown = claim({ customer: null })

  it('is looked up and belongs to the workspace that its metadata name', async () => {
    await runClaim(ports, unknown, actor)
    expect(calls).toEqual(['list', 'customer', 'apply'])
    expect(committed[0]?.customer).toEqual(seenCustomer({ actor }))
  })

  it.each(['another-shop', null])(
    'of the application %s belongs to no workspace here',
    async (app) => {
      stripe.customer = shownCustomer({
        metadata: { app, env: 'test', workspaceId: WORKSPACE, userId: null },
      })
      await runClaim(ports, unknown, actor)
      expect(committed[0]?.customer).toMatchObject({ claimedWorkspaceId: null })
    },
  )

  it('is written with the mode of our own key', async () => {
    ports.livemode = true
    await runClaim(ports, unknown, actor)
    expect(committed[0]?.customer).toMatchObject({ livemode: true })
  })
})

describe('a subscription that Stripe no longer shows', () => {
  beforeEach(() => {
    stripe.subscriptions = []
  })

  it('is an error while its customer lives: nothing ends, and an operator looks', async () => {
    await expect(runClaim(ports, subscribed, actor)).rejects.toThrow(
      'Stripe no longer shows sub_1. Is STRIPE_SECRET_KEY of the right account?',
    )
    expect(committed).toEqual([])
    expect(failures).toHaveLength(1)
  })

  it('is an error when its customer cannot be asked for', async () => {
    stripe.customer = new Error('Stripe did not answer')
    await expect(runClaim(ports, subscribed, actor)).rejects.toThrow('Stripe did not answer')
    expect(committed).toEqual([])
    expect(failures).toHaveLength(1)
  })

  it('ends with its customer, when that was deleted', async () => {
    const metadata = { app: null, env: null, workspaceId: null, userId: null }
    stripe.customer = shownCustomer({ deleted: true, metadata })
    await runClaim(ports, subscribed, actor)
    expect(committed[0]).toMatchObject({
      customer: { deletedAt: NOW },
      subscriptions: [{ id: 'sub_1', status: 'canceled', endedAt: NOW }],
      entitlement: { tier: 'free', access: 'none' },
    })
  })

  it('is no news when it had ended before', async () => {
    const over = claim({ subscriptions: [row({ status: 'canceled', endedAt: NOW })] })
    await runClaim(ports, over, actor)
    expect(calls).toEqual(['list', 'apply'])
  })
})

describe('a customer whose existence is doubted', () => {
  it('is asked for, although we know it and it has lost nothing', async () => {
    await runClaim(ports, subscribed, actor, { customer: true })
    expect(calls).toEqual(['list', 'customer', 'apply'])
    expect(committed[0]).toMatchObject({ customer: null, audits: [] })
  })
})

describe('the event that a customer was deleted', () => {
  const deleted = claim({
    customer: customer(),
    events: [
      { id: 'evt_1', type: 'customer.deleted', objectId: CUSTOMER, attempt: null, tries: 0 },
    ],
  })

  it('is believed only when Stripe says the same now', async () => {
    stripe.subscriptions = []
    await runClaim(ports, deleted, actor)
    expect(committed[0]?.customer).toBeNull()
    stripe.customer = shownCustomer({ deleted: true })
    await runClaim(ports, deleted, actor)
    expect(committed[1]?.customer).toMatchObject({ deletedAt: NOW })
  })
})
