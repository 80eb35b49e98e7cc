import { createElement, type ReactElement } from 'react'
import { renderToStaticMarkup } from 'react-dom/server'
import { beforeAll, describe, expect, it, vi } from 'vitest'
import { addsUp } from '@/app/dev/states/adds-up.fixture'
import { ALL_PLANS as SOLD } from '@/lib/catalog/plans'
import { GOOD } from '@/lib/env.fixture'
import { formatMoney } from '@/lib/money'
import { NOW, row } from '@/lib/sync/rows.fixture'
import { WITHOUT_SOAKS } from '@/scripts/test/soaks'
import { OTHER_CATALOGS } from './other-catalogs'

// What is asked of the catalog, asked again with another one in its place: no module may know a plan by name.
// With a plan between, `ONE_MORE_PLAN=between` runs every test there is.
describe.each(WITHOUT_SOAKS ? OTHER_CATALOGS.slice(1) : OTHER_CATALOGS)(
  'with $name',
  ({ catalog }) => {
    const { ALL_PLANS, FREE, PAID_PLANS, PAID_TIERS, TIERS, TOP_PLAN } = catalog

    beforeAll(() => {
      vi.resetModules()
      vi.doMock('@/lib/catalog/plans', () => catalog)
      // Which keys there are is asked of the environment, which these pages are drawn without.
      vi.doMock('@/app/stripe-js/keys', () => ({ stripeKeys: () => null }))
    })

    it('a form may choose each paid plan, and nothing else', async () => {
      const { readChoice } = await import('@/lib/catalog/parse-choice')
      for (const tier of PAID_TIERS)
        expect(readChoice({ tier, interval: 'year' })).toEqual({ tier, interval: 'year' })
      for (const tier of [FREE.tier, 'gold'])
        expect(readChoice({ tier, interval: 'year' })).toBeNull()
    })

    it('a price is known by its variable, its metadata and its lookup key', async () => {
      const { tierForPrice } = await import('@/lib/catalog/tier-for-price')
      const none = { id: 'price_x', lookupKey: null, metadataTier: null, productMetadataTier: null }
      for (const { tier, lookupKeys } of PAID_PLANS) {
        expect(tierForPrice({ ...none, lookupKey: lookupKeys.year }, {})).toBe(tier)
        expect(tierForPrice({ ...none, metadataTier: tier }, {})).toBe(tier)
        expect(tierForPrice(none, { [tier]: { month: 'price_x' } })).toBe(tier)
      }
      expect(tierForPrice({ ...none, metadataTier: 'gold' }, {})).toBeNull()
    })

    it('the environment has two price variables for each paid plan, and refuses others', async () => {
      const { parseEnv } = await import('@/lib/env')
      const variables = PAID_TIERS.flatMap((tier) => [
        [`STRIPE_PRICE_${tier.toUpperCase()}`, `price_${tier}_1`],
        [`STRIPE_PRICE_${tier.toUpperCase()}_YEARLY`, `price_${tier}_12`],
      ])
      const { prices } = parseEnv({ ...GOOD, ...Object.fromEntries(variables) }).stripe
      expect(prices).toEqual(
        Object.fromEntries(
          PAID_TIERS.map((tier) => [tier, { month: `price_${tier}_1`, year: `price_${tier}_12` }]),
        ),
      )
      const known = variables.map(([name]) => name).join(', ')
      expect(() => parseEnv({ ...GOOD, STRIPE_PRICE_GOLD: 'price_1' })).toThrow(
        `STRIPE_PRICE_GOLD is no plan of the catalog. Known are ${known}.`,
      )
      expect(() => parseEnv({ ...GOOD, STRIPE_PRICE_FREE: 'price_1' })).toThrow('STRIPE_PRICE_FREE')
    })

    it('a push makes a product for each paid plan, and two prices', async () => {
      const { desired } = await import('@/lib/catalog/push/desired')
      const { planPush } = await import('@/lib/catalog/push/plan')
      const wanted = desired({ appUrl: 'https://app.example', webhookUrl: null, events: [] })
      const steps = planPush(wanted, {
        products: [],
        prices: [],
        packPrices: [],
        portal: null,
        webhook: null,
      })
      const made = steps.map(({ mark, noun }) => `${mark} ${noun}`)
      expect(made.filter((each) => each === '+ product')).toHaveLength(PAID_TIERS.length)
      expect(made.filter((each) => each === '+ price')).toHaveLength(PAID_TIERS.length * 2)
      expect(wanted.products.map(({ name }) => name)).toEqual(PAID_PLANS.map(({ name }) => name))
    })

    it('each paid plan gives its own uses and features, and the greater of two governs', async () => {
      const { deriveEntitlement } = await import('@/lib/entitlements/derive')
      const given = (...tiers: string[]) =>
        deriveEntitlement({
          subscriptions: tiers.map((tier) => row({ id: `sub_${tier}`, tier })),
          overrides: [],
          previous: null,
          now: NOW,
        }).entitlement
      for (const { tier, monthlyUses, features } of PAID_PLANS)
        expect(given(tier)).toMatchObject({ tier, features, limits: { monthlyUses } })
      expect(given()).toMatchObject({ tier: FREE.tier, limits: { monthlyUses: FREE.monthlyUses } })
      expect(given(...PAID_TIERS).tier).toBe(TOP_PLAN.tier)
      expect(given(...PAID_TIERS.toReversed()).tier).toBe(TOP_PLAN.tier)
    })

    it('the pricing page has a card, a column and a button for each plan, and names no other', async () => {
      const { Pricing } = await import('@/app/pricing/pricing')
      const html = draw(createElement(Pricing, { plans: ALL_PLANS, upgrade: '/pricing' }))
      expect(html.match(/<article/g)).toHaveLength(TIERS.length)
      expect(html.match(/<th scope="col"/g)).toHaveLength(TIERS.length)
      for (const { tier, name, monthlyUses, prices, trialDays } of PAID_PLANS) {
        expect(html).toContain(`value="${tier}"`)
        expect(html).toContain(
          trialDays ? `Try ${name} for ${trialDays} days` : `Upgrade to ${name}`,
        )
        expect(html).toContain(monthlyUses.toLocaleString('en-US'))
        for (const price of [prices.month, prices.year])
          expect(html).toContain(`>${formatMoney(price, 'en-US', { trim: true })}<`)
      }
      expect(html).toContain(`Start with ${FREE.name}`)
      const sold = [...html.matchAll(/(?:Upgrade to|Start with|>Try) ([A-Z]\w+)/g)].map(
        ([, name]) => name,
      )
      expect(new Set(sold)).toEqual(new Set(ALL_PLANS.map(({ name }) => name)))
    })

    it('the skeleton of the plans has as many cards as there are plans', async () => {
      const { PlansSkeleton } = await import('@/app/settings/billing/plans/plans-skeleton')
      const html = draw(createElement(PlansSkeleton))
      expect(html.match(/class="card /g)).toHaveLength(TIERS.length)
    })

    it('a spent limit leads to the least plan with more uses, and from the greatest to none', async () => {
      const { stateStrips } = await import('@/app/settings/billing/state-strips')
      const { STATES } = await import('@/app/dev/states/fixtures')
      const active = STATES.find(({ name }) => name === 'active')?.billing
      if (!active) throw new Error('There is no active state.')
      for (const [n, { tier, monthlyUses }] of ALL_PLANS.entries()) {
        const usage = { ...active.usage, used: monthlyUses, limit: monthlyUses }
        // A tier of this catalog, where the types know those of the other.
        const own = tier as typeof active.tier
        const status = n === 0 ? 'none' : active.status
        const [strip] = stateStrips({ ...active, status, tier: own, plan: own, usage })
        const next = ALL_PLANS[n + 1]
        expect(strip?.action?.label ?? null).toBe(next ? `Upgrade to ${next.name}` : null)
      }
    })

    it('every state of the billing page can be drawn, adds up, and calls plans by their names here', async () => {
      const { STATES } = await import('@/app/dev/states/fixtures')
      const { BillingOverview } = await import('@/app/settings/billing/overview')
      const html = STATES.map(({ billing }) => draw(createElement(BillingOverview, { billing })))
      for (const name of [FREE.name, catalog.ENTRY_PLAN.name, TOP_PLAN.name])
        expect(html.join('')).toContain(name)
      const others = SOLD.map(({ name }) => name).filter(
        (name) => !ALL_PLANS.some((p) => p.name === name),
      )
      for (const name of others) expect(html.join('')).not.toMatch(new RegExp(`\\b${name}\\b`))
      expect(STATES.filter(({ billing }) => !addsUp(billing))).toEqual([])
    })

    it('the demo has a user on the smallest plan and a user on the greatest', async () => {
      const { DEMO_USERS } = await import('@/lib/auth/demo')
      const has = DEMO_USERS.map(({ plan }) => plan?.tier ?? FREE.tier)
      expect(has).toEqual(
        expect.arrayContaining([FREE.tier, catalog.ENTRY_PLAN.tier, TOP_PLAN.tier]),
      )
    })
  },
)

function draw(element: ReactElement): string {
  return renderToStaticMarkup(element)
}
