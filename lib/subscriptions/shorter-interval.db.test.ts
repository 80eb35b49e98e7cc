import { afterAll, beforeAll, expect, it } from 'vitest'
import { reviewWords } from '@/app/settings/billing/plans/confirm/review-words'
import { disconnect } from '@/db/client'
import { priceForTier } from '@/lib/catalog/price-for-tier'
import { SMALL } from '@/lib/catalog/tiers.fixture'
import { openShop } from '@/lib/checkout/shop.fixture'
import { formatDay } from '@/lib/day'
import { historyOf } from '@/lib/outbox/history.fixture'
import { subscriber } from '@/lib/reconcile/subscribers.fixture'
import { stripeClient } from '@/lib/stripe/client'
import type { RunningSandbox } from '@/sandbox/server'
import { changePlan } from './change-plan'
import { reviewChange } from './review-change'

let shop: RunningSandbox
let history: ReturnType<typeof historyOf>

beforeAll(async () => {
  shop = await openShop()
  history = historyOf(shop)
})
afterAll(async () => {
  await disconnect()
  await shop.stop()
})

it('a year that becomes months is said to end, and first charged, on the day on which what is paid for ends', async () => {
  const me = await subscriber()
  await stripeClient().subscriptions.update(me.subscriptionId, {
    items: [{ id: me.item, price: await priceForTier(SMALL, 'year') }],
    proration_behavior: 'always_invoice',
  })
  await history.arrive()
  await history.later(80)
  const review = await reviewChange(me.actor, { tier: SMALL, interval: 'month' })
  const { currentPeriodEnd } = review.billing
  expect(review).toMatchObject({ when: 'period_end', preview: { at: currentPeriodEnd, due: 1900 } })
  expect(reviewWords(review).total).toBe(
    `First charge, on ${formatDay(currentPeriodEnd ?? new Date(0))}`,
  )
  expect(Number(currentPeriodEnd) - (await history.now())).toBeGreaterThan(280 * 86_400_000)
  expect(await changePlan(me.actor, { offer: review.offer, agreed: false })).toEqual({
    kind: 'planned',
  })
  await history.later(286)
  const { data } = await stripeClient().invoices.list({ subscription: me.subscriptionId })
  expect(data[0]).toMatchObject({ status: 'paid', amount_paid: review.preview.due })
})

it('at Stripe another interval begins at once and is billed at once, also without prorations, and nothing is credited', async () => {
  const me = await subscriber()
  await history.later(5)
  const changed = await stripeClient().subscriptions.update(me.subscriptionId, {
    items: [{ id: me.item, price: await priceForTier(SMALL, 'year') }],
    proration_behavior: 'none',
  })
  const now = Math.floor((await history.now()) / 1000)
  expect(Math.abs(changed.billing_cycle_anchor - now)).toBeLessThan(60)
  const { data } = await stripeClient().invoices.list({ subscription: me.subscriptionId })
  expect(data[0]).toMatchObject({ billing_reason: 'subscription_update', amount_paid: 19_000 })
})
