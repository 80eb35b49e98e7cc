import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { BRAND } from '@/lib/brand'
import { PLANS } from '@/lib/catalog/plans'
import { SMALL } from '@/lib/catalog/tiers.fixture'
import { NotFound } from '@/lib/errors'
import { type RunningSandbox, startSandbox } from '@/sandbox/server'
import { stripeClient } from './client'
import { retrieveCustomer } from './customers'
import { listEvents, retrieveEvent } from './events'
import { createPortalSession } from './portal-sessions'
import { deactivatePrice, findPricesByLookupKeys } from './prices'
import { createProduct } from './products'
import { customerOf, priceOf } from './shop.fixture'
import { listSubscriptions } from './subscriptions'

const stripe = vi.hoisted(() => ({
  secretKey: 'sk_test_gateway',
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

const price = (lookupKey: string, cents?: number) => priceOf(productId, lookupKey, cents)

describe('a customer', () => {
  test('is made once for a workspace, however often it is asked for', async () => {
    const first = await customerOf('twice')
    expect(await customerOf('twice')).toBe(first)
    expect(await retrieveCustomer(first)).toEqual({
      id: first,
      deleted: false,
      metadata: { app: BRAND.stripe.app, env: 'test', workspaceId: 'twice', userId: null },
    })
  })

  test('that was deleted says so, and has no subscriptions', async () => {
    const id = await customerOf('deleted')
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
    const customerId = await customerOf('manages')
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
    const id = await customerOf('tells')
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
