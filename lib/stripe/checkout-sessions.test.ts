import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { BRAND } from '@/lib/brand'
import { CHECKOUT_POLICY } from '@/lib/catalog/checkout-policy'
import { PLANS } from '@/lib/catalog/plans'
import { SMALL } from '@/lib/catalog/tiers.fixture'
import { NotFound } from '@/lib/errors'
import type { CustomerId } from '@/lib/ids'
import { personalWorkspaceOf } from '@/lib/workspaces/personal'
import { payCheckout } from '@/sandbox/lifecycle/checkout/pay'
import { type RunningSandbox, startSandbox } from '@/sandbox/server'
import {
  createCheckoutSession,
  expireCheckoutSession,
  listOpenCheckoutSessions,
  retrieveCheckoutSession,
} from './checkout-sessions'
import { stripeClient } from './client'
import { findPricesByLookupKeys } from './prices'
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

async function checkout(customerId: CustomerId, idempotencyKey: string) {
  const [found] = await findPricesByLookupKeys(['door_pro'])
  return createCheckoutSession({
    customerId,
    priceId: found?.id ?? (await price('door_pro')),
    workspaceId: personalWorkspaceOf('user-1'),
    intentId: 'intent-1',
    tier: SMALL,
    interval: 'month',
    policy: CHECKOUT_POLICY,
    ui: 'hosted_page',
    successUrl: 'http://localhost:3000/checkout/return?session_id={CHECKOUT_SESSION_ID}',
    cancelUrl: 'http://localhost:3000/pricing',
    idempotencyKey,
  })
}

const pay = (id: string) => payCheckout(sandbox.sandbox, id, CARD)
const CARD = {
  number: '4242424242424242',
  expMonth: 12,
  expYear: 2034,
  cvc: '123',
  name: 'Ada',
  country: 'US',
  postalCode: '94107',
}

describe('a checkout session', () => {
  test('is open with a page to pay on, and names what was chosen', async () => {
    const customerId = await customerOf('opens')
    const session = await checkout(customerId, 'opens')
    expect(session).toMatchObject({
      customerId,
      status: 'open',
      paymentStatus: 'unpaid',
      url: expect.stringContaining(sandbox.url),
      subscriptionId: null,
      workspaceId: personalWorkspaceOf('user-1'),
      intentId: 'intent-1',
      tier: SMALL,
      interval: 'month',
      receipt: null,
    })
    expect((await listOpenCheckoutSessions(customerId)).map(({ id }) => id)).toEqual([session.id])
  })

  test('once paid is complete, with a receipt', async () => {
    const customerId = await customerOf('pays')
    const { id } = await checkout(customerId, 'pays')
    await pay(id)
    expect(await retrieveCheckoutSession(id)).toMatchObject({
      status: 'complete',
      paymentStatus: 'paid',
      url: null,
      subscriptionId: expect.stringMatching(/^sub_/),
      receipt: {
        total: { amount: 1900, currency: 'usd' },
        paid: { amount: 1900, currency: 'usd' },
        number: expect.any(String),
        invoiceUrl: expect.stringContaining('http'),
        card: { brand: 'visa', last4: '4242' },
      },
    })
    expect(await listOpenCheckoutSessions(customerId)).toEqual([])
  })

  test('that is expired cannot be paid; asked again, or too late, it says what it is', async () => {
    const { id } = await checkout(await customerOf('expires'), 'expires')
    expect(await expireCheckoutSession(id)).toBe('expired')
    expect(await expireCheckoutSession(id)).toBe('expired')
    const paid = await checkout(await customerOf('too late'), 'too late')
    await pay(paid.id)
    expect(await expireCheckoutSession(paid.id)).toBe('complete')
  })

  test('that never was is not found', async () => {
    await expect(retrieveCheckoutSession('cs_test_nothing')).rejects.toThrow(NotFound)
    await expect(expireCheckoutSession('cs_test_nothing')).rejects.toThrow(NotFound)
  })
})

describe('subscriptions', () => {
  test('are read whole, in our own words', async () => {
    const customerId = await customerOf('subscribes')
    await pay((await checkout(customerId, 'subscribes')).id)
    const [subscription, ...more] = await listSubscriptions(customerId)
    expect(more).toEqual([])
    expect(subscription).toMatchObject({
      id: expect.stringMatching(/^sub_/),
      customerId,
      status: 'active',
      cancelAt: null,
      cancelAtPeriodEnd: false,
      endedAt: null,
      trialEnd: null,
      created: expect.any(Date),
      pauseCollection: null,
      // The invoice that was expanded proves by itself that the period is paid.
      invoices: [
        {
          id: expect.stringMatching(/^in_/),
          status: 'paid',
          reason: 'first',
          paid: 1900,
          lines: [{ priceId: expect.stringMatching(/^price_/), until: expect.any(Date) }],
        },
      ],
      metadata: { app: BRAND.stripe.app, env: 'test' },
      scheduleId: null,
    })
    expect(subscription?.items).toEqual([
      {
        id: expect.stringMatching(/^si_/),
        priceId: expect.stringMatching(/^price_/),
        productId,
        lookupKey: 'door_pro',
        interval: 'month',
        intervalCount: 1,
        unitAmount: 1900,
        exactAmount: 1900,
        currency: 'usd',
        quantity: 1,
        metadataTier: SMALL,
        productMetadataTier: null,
        currentPeriodStart: expect.any(Date),
        currentPeriodEnd: expect.any(Date),
      },
    ])
  })

  test('that ended are still listed', async () => {
    const customerId = await customerOf('ends')
    await pay((await checkout(customerId, 'ends')).id)
    const [live] = await listSubscriptions(customerId)
    await stripeClient().subscriptions.cancel(String(live?.id))
    expect(await listSubscriptions(customerId)).toMatchObject([
      { id: live?.id, status: 'canceled', endedAt: expect.any(Date) },
    ])
  })

  test('on a price that does not say its tier bring the product’s', async () => {
    const customerId = await customerOf('silent')
    const silent = await stripeClient().prices.create({
      product: productId,
      currency: 'usd',
      unit_amount: 900,
      recurring: { interval: 'year' },
    })
    const card = await stripeClient().paymentMethods.attach('pm_card_visa', {
      customer: customerId,
    })
    await stripeClient().subscriptions.create({
      customer: customerId,
      items: [{ price: silent.id }],
      default_payment_method: card.id,
    })
    const [subscription] = await listSubscriptions(customerId)
    expect(subscription?.items).toMatchObject([
      { metadataTier: null, productMetadataTier: SMALL, interval: 'year', lookupKey: null },
    ])
  })
})
