import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { BRAND } from '@/lib/brand'
import { PAID_TIERS, PLANS } from '@/lib/catalog/plans'
import { priceForTier } from '@/lib/catalog/price-for-tier'
import { tierForPrice } from '@/lib/catalog/tier-for-price'
import { GREAT, SMALL } from '@/lib/catalog/tiers.fixture'
import { stripeClient } from '@/lib/stripe/client'
import {
  findPortalConfiguration,
  readPortalConfiguration,
} from '@/lib/stripe/portal-configurations'
import { findPricesByLookupKeys } from '@/lib/stripe/prices'
import { type RunningSandbox, startSandbox } from '@/sandbox/server'
import { applyPush } from './apply'
import { type Desired, desired } from './desired'
import { readFound } from './found'
import { planPush } from './plan'

const { stripe, prices, where } = vi.hoisted(() => {
  const prices = {}
  return {
    prices,
    where: { appEnv: 'test' },
    stripe: { secretKey: 'sk_test_push', apiBase: new URL('http://127.0.0.1:1'), prices },
  }
})
vi.mock('@/lib/env', () => ({ env: () => ({ ...where, stripe }) }))

const WANTED = desired({
  appUrl: 'http://localhost:3000',
  webhookUrl: 'http://localhost:3000/api/webhooks/stripe',
  events: ['invoice.paid', 'customer.subscription.updated'],
})

let sandbox: RunningSandbox
beforeAll(async () => {
  sandbox = await startSandbox({ port: 0 })
  stripe.apiBase = new URL(sandbox.url)
})
afterAll(() => sandbox.stop())
beforeEach(async () => {
  await fetch(`${sandbox.url}/_sandbox/reset`, { method: 'POST' })
})

async function push(wanted: Desired = WANTED) {
  const steps = planPush(wanted, await readFound(wanted))
  const { webhookSecret } = await applyPush(steps, wanted)
  const done = steps.filter(({ mark }) => mark !== '=').map(({ mark, noun }) => `${mark} ${noun}`)
  return { done, webhookSecret }
}

describe('a push', () => {
  test('fills an empty account, and a second one finds nothing to do', async () => {
    const first = await push()
    // A product and two prices of each plan, the portal and the endpoint.
    expect(first.done).toHaveLength(PAID_TIERS.length * 3 + WANTED.packs.length + 2)
    expect(first.webhookSecret).toMatch(/^whsec_/)
    expect(await push()).toEqual({ done: [], webhookSecret: null })
  })

  test('makes prices that are sold and recognized', async () => {
    await push()
    const id = await priceForTier(GREAT, 'year')
    const held = await stripeClient().prices.retrieve(id)
    expect(held).toMatchObject({
      unit_amount: PLANS[GREAT].prices.year.amount,
      currency: PLANS[GREAT].prices.year.currency,
      recurring: { interval: 'year' },
    })
    const seen = {
      id,
      lookupKey: null,
      metadataTier: held.metadata.tier ?? null,
      productMetadataTier: null,
    }
    expect(tierForPrice(seen, prices)).toBe(GREAT)
  })

  test('gives a plan that became dearer a new price, and leaves the old one to its subscribers', async () => {
    await push()
    const key = PLANS[SMALL].lookupKeys.month
    const [old] = await findPricesByLookupKeys([key])
    const dearer = WANTED.prices.map((price) =>
      price.lookupKey === key ? { ...price, amount: { amount: 2900, currency: 'usd' } } : price,
    )
    expect((await push({ ...WANTED, prices: dearer })).done).toEqual(['+ price', '~ portal'])
    const [next] = await findPricesByLookupKeys([key])
    expect(next).toMatchObject({ amount: { amount: 2900 }, metadata: { tier: SMALL } })
    expect(await stripeClient().prices.retrieve(String(old?.id))).toMatchObject({
      active: false,
      lookup_key: null,
      metadata: { tier: SMALL },
    })
  })

  test('has tax come on top of each price where the pages say so, of those that are there already, too', async () => {
    await push()
    const of = async () => {
      const keys = [...WANTED.prices, ...WANTED.packs].map(({ lookupKey }) => lookupKey)
      const held = await findPricesByLookupKeys(keys)
      return [held.length, new Set(held.map(({ taxBehavior }) => taxBehavior))]
    }
    const count = WANTED.prices.length + WANTED.packs.length
    expect(await of()).toEqual([count, new Set(['unspecified'])])
    const taxed = { ...WANTED, taxed: true }
    expect(new Set((await push(taxed)).done)).toEqual(new Set(['~ price', '~ pack']))
    expect(await of()).toEqual([count, new Set(['exclusive'])])
    expect((await push(taxed)).done).toEqual([])
  })

  test('makes each price anew without the tax that is in it, and new ones without', async () => {
    expect((await push({ ...WANTED, taxed: true })).done).toContain('+ price')
    const key = PLANS[SMALL].lookupKeys.month
    const [own] = await findPricesByLookupKeys([key])
    expect(own).toMatchObject({ taxBehavior: 'exclusive' })
    await stripeClient().prices.create({
      product: String(own?.productId),
      ...{
        currency: 'usd',
        unit_amount: own?.amount?.amount ?? 0,
        recurring: { interval: 'month' },
      },
      ...{ lookup_key: key, transfer_lookup_key: true, tax_behavior: 'inclusive' },
    })
    expect((await push({ ...WANTED, taxed: true })).done).toContain('+ price')
    expect(await findPricesByLookupKeys([key])).toMatchObject([{ taxBehavior: 'exclusive' }])
  })

  test('moves the endpoint to a new address without a new secret', async () => {
    await push()
    const webhook = {
      url: 'http://localhost:4000/hook',
      events: ['invoice.paid'],
      apiVersion: WANTED.webhook?.apiVersion ?? '',
    }
    expect(await push({ ...WANTED, webhook })).toEqual({ done: ['~ webhook'], webhookSecret: null })
    const { data } = await stripeClient().webhookEndpoints.list()
    expect(data).toMatchObject([
      { url: webhook.url, enabled_events: ['invoice.paid'], status: 'enabled' },
    ])
  })

  test('replaces an endpoint that was made for an older API version', async () => {
    await stripeClient().webhookEndpoints.create({
      url: 'http://localhost:3000/api/webhooks/stripe',
      enabled_events: ['invoice.paid'],
      api_version: '2025-09-30.clover',
      metadata: { app: BRAND.stripe.app, env: 'test' },
    })
    expect((await push()).webhookSecret).toMatch(/^whsec_/)
    const { data } = await stripeClient().webhookEndpoints.list()
    expect(data.map(({ api_version }) => api_version)).toEqual([WANTED.webhook?.apiVersion])
  })

  test('sets the portal up, where a plan can be changed, and what gives up paid time waits for the period’s end', async () => {
    await push()
    const id = await findPortalConfiguration()
    const { features } = await stripeClient().billingPortal.configurations.retrieve(String(id))
    expect(features).toMatchObject({
      customer_update: { enabled: true },
      invoice_history: { enabled: true },
      payment_method_update: { enabled: true },
      subscription_cancel: {
        enabled: true,
        mode: 'at_period_end',
        cancellation_reason: { enabled: true },
      },
      subscription_update: {
        enabled: true,
        proration_behavior: 'always_invoice',
        schedule_at_period_end: {
          conditions: [{ type: 'decreasing_item_amount' }, { type: 'shortening_interval' }],
        },
      },
    })
  })

  test('of a preview leaves production’s endpoint and portal alone, and makes its own', async () => {
    await push()
    const portal = await readPortalConfiguration()
    where.appEnv = 'preview'
    try {
      const webhook = {
        url: 'https://preview.example.com/api/webhooks/stripe',
        events: WANTED.webhook?.events ?? [],
        apiVersion: WANTED.webhook?.apiVersion ?? '',
      }
      const { done } = await push({ ...WANTED, webhook })
      expect(done).toEqual(['+ portal', '+ webhook'])
      expect((await readPortalConfiguration())?.id).not.toBe(portal?.id)
    } finally {
      where.appEnv = 'test'
    }
    expect(await readPortalConfiguration()).toEqual(portal)
    expect((await push()).done).toEqual([])
    const { data } = await stripeClient().webhookEndpoints.list()
    expect(data.map(({ url, metadata }) => [metadata.env, url]).toSorted()).toEqual([
      ['preview', 'https://preview.example.com/api/webhooks/stripe'],
      ['test', WANTED.webhook?.url],
    ])
  })

  test('leaves what others made alone', async () => {
    const foreign = await stripeClient().products.create({
      name: PLANS[SMALL].name,
      metadata: { app: 'another', tier: SMALL },
    })
    await push()
    expect(await stripeClient().products.retrieve(foreign.id)).toMatchObject({
      active: true,
      name: PLANS[SMALL].name,
      metadata: { app: 'another' },
    })
  })
})
