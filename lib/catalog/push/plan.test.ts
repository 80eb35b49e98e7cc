import { describe, expect, test } from 'vitest'
import { BRAND } from '@/lib/brand'
import { PAID_TIERS, PLANS } from '@/lib/catalog/plans'
import { SMALL } from '@/lib/catalog/tiers.fixture'
import { portalFingerprint } from '@/lib/stripe/portal-configurations'
import { desired } from './desired'
import type { Found } from './found'
import { planPush } from './plan'
import { portalProducts } from './portal-products'

const WANTED = desired({
  appUrl: 'https://app.example',
  webhookUrl: 'https://app.example/api/webhooks/stripe',
  events: ['invoice.paid', 'customer.subscription.updated'],
})
const EMPTY: Found = { products: [], prices: [], packPrices: [], portal: null, webhook: null }

/** What stands at Stripe after a push. */
function pushed(change: (found: Found) => void = () => {}): Found {
  const products = WANTED.products.map(({ tier, name, description }) => {
    return { id: `prod_${tier}`, active: true, name, description, tier }
  })
  const prices = WANTED.prices.map(({ tier, interval, lookupKey, amount }) => ({
    id: `price_${lookupKey}` as const,
    productId: `prod_${tier}`,
    active: true,
    lookupKey,
    amount,
    interval,
    intervalCount: 1,
    metadata: { app: BRAND.stripe.app, tier },
    taxBehavior: 'unspecified',
  }))
  const packPrices = WANTED.packs.map(({ pack, lookupKey, price }) => ({
    id: `price_${lookupKey}` as const,
    productId: `prod_${pack}`,
    active: true,
    lookupKey,
    amount: price,
    interval: null,
    intervalCount: null,
    metadata: { app: BRAND.stripe.app, tier: null },
    taxBehavior: 'unspecified',
  }))
  const fingerprint = portalFingerprint({
    ...WANTED.portal,
    products: portalProducts(WANTED, { prices }),
  })
  const found: Found = {
    products,
    prices,
    packPrices,
    portal: { id: 'bpc_1', fingerprint },
    webhook: {
      id: 'we_1',
      url: 'https://app.example/api/webhooks/stripe',
      enabledEvents: ['customer.subscription.updated', 'invoice.paid'],
      apiVersion: WANTED.webhook?.apiVersion ?? null,
      enabled: true,
    },
  }
  const copy = structuredClone(found)
  change(copy)
  return copy
}

const marks = (found: Found) => planPush(WANTED, found).map(({ mark, noun }) => `${mark} ${noun}`)
const changes = (found: Found) => marks(found).filter((mark) => !mark.startsWith('='))

describe('a plan', () => {
  test('for an empty account makes a product for each paid plan, two prices of each, one for each pack of credits, a portal and an endpoint', () => {
    expect(marks(EMPTY)).toEqual([
      ...PAID_TIERS.map(() => '+ product'),
      ...PAID_TIERS.flatMap(() => ['+ price', '+ price']),
      ...WANTED.packs.map(() => '+ pack'),
      '+ portal',
      '+ webhook',
    ])
  })

  test('for an account that was pushed to changes nothing', () => {
    expect(changes(pushed())).toEqual([])
  })

  test('puts a renamed or archived product right, and nothing else', () => {
    expect(
      changes(pushed(({ products: [pro] }) => pro && Object.assign(pro, { name: 'Gold' }))),
    ).toEqual(['~ product'])
    expect(
      changes(pushed(({ products: [pro] }) => pro && Object.assign(pro, { active: false }))),
    ).toEqual(['~ product'])
  })

  test.each([
    ['amount', { amount: { amount: 1500, currency: 'usd' } }],
    ['currency', { amount: { amount: 1900, currency: 'eur' } }],
    ['interval', { interval: 'week' as const }],
    ['interval count', { intervalCount: 3 }],
    ['product', { productId: 'prod_other' }],
  ])('gives a price with another %s a successor, and the portal the new one', (_, difference) => {
    const found = pushed(({ prices: [price] }) => price && Object.assign(price, difference))
    expect(changes(found)).toEqual(['+ price', '~ portal'])
    const [step] = planPush(WANTED, found).filter(
      (each) => each.noun === 'price' && each.mark === '+',
    )
    expect(step).toMatchObject({ replaces: { id: `price_${PLANS[SMALL].lookupKeys.month}` } })
    expect(step?.what).toContain(`in place of price_${PLANS[SMALL].lookupKeys.month}`)
  })

  test.each([
    ['amount', { amount: { amount: 1500, currency: 'usd' } }],
    ['currency', { amount: { amount: 900, currency: 'eur' } }],
    ['interval', { interval: 'month' as const }],
  ])('gives a pack of credits with another %s a successor', (_, difference) => {
    const found = pushed(({ packPrices: [price] }) => price && Object.assign(price, difference))
    expect(changes(found)).toEqual(['+ pack'])
  })

  test('labels a price that does not say its tier', () => {
    expect(
      changes(
        pushed(({ prices: [price] }) => price && Object.assign(price.metadata, { tier: null })),
      ),
    ).toEqual(['~ price'])
  })

  test('finds a portal with other settings', () => {
    expect(
      changes(pushed(({ portal }) => portal && Object.assign(portal, { fingerprint: null }))),
    ).toEqual(['~ portal'])
  })

  test.each([
    ['at another address', { url: 'https://old.example' }],
    ['that hears too little', { enabledEvents: ['invoice.paid'] }],
    ['that hears everything', { enabledEvents: ['*'] }],
    ['that is switched off', { enabled: false }],
  ])('changes an endpoint %s', (_, difference) => {
    expect(changes(pushed(({ webhook }) => webhook && Object.assign(webhook, difference)))).toEqual(
      ['~ webhook'],
    )
  })

  test('replaces an endpoint of another API version, which cannot be changed', () => {
    const found = pushed(
      ({ webhook }) => webhook && Object.assign(webhook, { apiVersion: '2020-08-27' }),
    )
    const [step] = planPush(WANTED, found).filter(({ mark }) => mark === '+')
    expect(step).toMatchObject({ noun: 'webhook', id: null, replaces: 'we_1' })
  })

  test('leaves the endpoint out where Stripe could not reach it', () => {
    const steps = planPush({ ...WANTED, webhook: null }, EMPTY)
    expect(steps.map(({ noun }) => noun)).not.toContain('webhook')
  })
})
