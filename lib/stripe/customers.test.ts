import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { BRAND } from '@/lib/brand'
import { PLANS } from '@/lib/catalog/plans'
import { SMALL } from '@/lib/catalog/tiers.fixture'
import { NotFound } from '@/lib/errors'
import { personalWorkspaceOf } from '@/lib/workspaces/personal'
import { type RunningSandbox, startSandbox } from '@/sandbox/server'
import { stripeClient } from './client'
import { createCustomer, retrieveCustomer } from './customers'
import { listEvents, retrieveEvent } from './events'
import { createPortalSession } from './portal-sessions'
import { createPrice, deactivatePrice, findPricesByLookupKeys } from './prices'
import { createProduct } from './products'
import { listSubscriptions } from './subscriptions'

const stripe = vi.hoisted(() => ({
  secretKey: 'sk_test_door',
  apiBase: new URL('http://127.0.0.1:1'),
}))
vi.mock('@/lib/env', () => ({ env: () => ({ appEnv: 'test', stripe }) }))

let sandbox: RunningSandbox
let productId: string

beforeAll(async () => {
  sandbox = await startSandbox({ port: 0 })
  stripe.apiBase = new URL(sandbox.url)
  productId = await createProduct({
    tier: SMALL,
    name: PLANS[SMALL].name,
    description: 'For every day.',
  })
})
afterAll(() => sandbox.stop())

const customer = (id: string) =>
  createCustomer({
    workspaceId: personalWorkspaceOf(id),
    email: `${id}@example.com`,
    name: 'Ada',
    env: 'test',
  })

const price = (lookupKey: string, amount = 1900) =>
  createPrice({
    productId,
    tier: SMALL,
    amount: { amount, currency: 'usd' },
    interval: 'month',
    lookupKey,
    taxed: false,
  })

describe('a customer', () => {
  test('is made once for a workspace, however often it is asked for', async () => {
    const first = await customer('twice')
    expect(await customer('twice')).toBe(first)
    expect(await retrieveCustomer(first)).toEqual({
      id: first,
      deleted: false,
      metadata: { app: BRAND.stripe.app, env: 'test', workspaceId: 'twice', userId: null },
    })
  })

  test('that was deleted says so, and has no subscriptions', async () => {
    const id = await customer('deleted')
    await stripeClient().customers.del(id)
    expect(await retrieveCustomer(id)).toMatchObject({ id, deleted: true })
    expect(await listSubscriptions(id)).toEqual([])
  })

  test('that never was is not found, and has no subscriptions', async () => {
    await expect(retrieveCustomer('cus_unknown')).rejects.toThrow(NotFound)
    expect(await listSubscriptions('cus_unknown')).toEqual([])
  })
})

describe('a price', () => {
  test('takes its lookup key over, and an archived one is not found by it', async () => {
    const old = await price('moves', 1000)
    const next = await price('moves', 2000)
    expect(await findPricesByLookupKeys(['moves'])).toMatchObject([
      {
        id: next,
        amount: { amount: 2000, currency: 'usd' },
        interval: 'month',
        metadata: { tier: SMALL },
      },
    ])
    await deactivatePrice(old)
    await deactivatePrice(next)
    expect(await findPricesByLookupKeys(['moves'])).toEqual([])
  })
})

describe('the portal', () => {
  test('is opened for a customer, and for no other', async () => {
    const returnUrl = 'http://localhost:3000/settings/billing'
    const { id: configurationId } = await stripeClient().billingPortal.configurations.create({
      features: { invoice_history: { enabled: true } },
    })
    const customerId = await customer('manages')
    const { url } = await createPortalSession({ customerId, returnUrl, configurationId })
    expect(url).toContain(sandbox.url)
    await expect(
      createPortalSession({ customerId: 'cus_unknown', returnUrl, configurationId }),
    ).rejects.toThrow(NotFound)
  })
})

describe('events', () => {
  test('can be fetched as they would have arrived, oldest first', async () => {
    const since = new Date(Date.now() - 1000)
    const id = await customer('tells')
    const events = await listEvents({
      since,
      until: new Date(Date.now() + 60_000),
      types: ['customer.created'],
    })
    const event = events.at(-1)
    expect(event).toMatchObject({ type: 'customer.created', objectId: id, customerId: id })
    expect(event && (await retrieveEvent(event.id))).toMatchObject({ id: event?.id, objectId: id })
  })
})
