import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { createElement } from 'react'
import { renderToStaticMarkup } from 'react-dom/server'
import { beforeAll, describe, expect, it, vi } from 'vitest'
import { addedFeatures, addedPlan } from '@/docs/samples/fourth-plan'
import { catalogOf, type PaidEntry } from '@/lib/catalog/catalog-of'
import { FEATURES } from '@/lib/catalog/features'
import { FREE, PAID_PLANS } from '@/lib/catalog/plans'
import { NOW, row } from '@/lib/sync/rows.fixture'
import { addresses } from './reference/addresses'
import { ROOT } from './stack/paths'

const page = readFileSync(join(ROOT, 'docs/tutorial/first-subscription.md'), 'utf8')
const added = Object.keys(addedFeatures)
const [pro, ...greater] = PAID_PLANS.map((plan): [string, PaidEntry] => [plan.tier, plan])

// Safe: the feature is known to the catalog that this stands in, and to no other.
const team = addedPlan.team as unknown as PaidEntry
const catalog = catalogOf({
  free: FREE,
  paid: Object.fromEntries([
    ...(pro ? [pro] : []),
    ['team', team],
    ...greater.map(([tier, plan]) => [
      tier,
      { ...plan, features: [...plan.features, ...added] as PaidEntry['features'] },
    ]),
  ]),
})

describe('the fourth plan of the tutorial', () => {
  beforeAll(() => {
    vi.resetModules()
    vi.doMock('@/lib/catalog/features', () => ({ FEATURES: { ...FEATURES, ...addedFeatures } }))
    vi.doMock('@/lib/catalog/plans', () => catalog)
    vi.doMock('@/app/stripe-js/keys', () => ({ stripeKeys: () => null }))
  })

  it('stands on the pricing page with its price, its uses and what it opens', async () => {
    const { Pricing } = await import('@/app/pricing/pricing')
    const html = renderToStaticMarkup(
      createElement(Pricing, { plans: catalog.ALL_PLANS, upgrade: '/pricing' }),
    )
    expect(html.match(/<article/g)).toHaveLength(catalog.ALL_PLANS.length)
    for (const text of ['Upgrade to Team', '$29', '250', 'Export']) expect(html).toContain(text)
  })

  it('is made at Stripe by the next push, with a price for the month and one for the year', async () => {
    const { desired } = await import('@/lib/catalog/push/desired')
    const { products, prices } = desired({
      appUrl: 'https://app.example',
      webhookUrl: null,
      events: [],
    })
    expect(products.map(({ name }) => name)).toContain('Team')
    const keys = prices.map(({ lookupKey }) => lookupKey).filter((key) => key.includes('team'))
    expect(keys).toEqual([
      expect.stringMatching(/_team_monthly$/),
      expect.stringMatching(/_team_yearly$/),
    ])
  })

  it('opens the export to its subscribers and to those of Studio, and the page offers it to the others', async () => {
    const { deriveEntitlement } = await import('@/lib/entitlements/derive')
    const { planWithFeature } = await import('@/lib/catalog/plan-with-feature')
    const features = (tier: string) =>
      deriveEntitlement({
        subscriptions: [row({ id: 'sub_1', tier })],
        overrides: [],
        previous: null,
        now: NOW,
      }).entitlement.features
    expect(features('team')).toEqual(expect.arrayContaining(added))
    expect(features('studio')).toEqual(expect.arrayContaining(added))
    expect(features(PAID_PLANS[0]?.tier ?? 'free')).not.toEqual(expect.arrayContaining(added))
    // Safe: this catalog has it.
    const feature = added[0] as Parameters<typeof planWithFeature>[0]
    expect(planWithFeature(feature)).toMatchObject({ tier: 'team' })
  })
})

describe('docs/tutorial/first-subscription.md', () => {
  it('sends no one to an address that the application does not have, but the one that it adds', () => {
    const known = addresses().map(({ path }) => path)
    const named = [...page.matchAll(/`(\/[a-z/-]*)(?:\?[^`]*)?`/g)].map(([, path = '']) => path)
    expect(named.length).toBeGreaterThan(8)
    // Once its steps were followed, there is that one, too.
    const unknown = new Set(named.filter((path) => !known.includes(path)))
    unknown.delete('/reports/export')
    expect([...unknown]).toEqual([])
  })
})
