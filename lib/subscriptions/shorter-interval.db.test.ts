import { describe, expect, it } from 'vitest'
import { reviewWords } from '@/app/settings/billing/plans/confirm/review-words'
import { priceForTier } from '@/lib/catalog/price-for-tier'
import { SMALL } from '@/lib/catalog/tiers.fixture'
import { formatDay } from '@/lib/day'
import { historyForFile } from '@/lib/outbox/history-for-file.fixture'
import { advance, subscriber } from '@/lib/reconcile/subscribers.fixture'
import { stripeClient } from '@/lib/stripe/client'
import { discountCustomer } from '@/sandbox/lifecycle/customer/discount'
import { changePlan } from './change-plan'
import { reviewChange } from './review-change'

const { shop, history } = historyForFile()

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
  await history.later(286, 3)
  const { data } = await stripeClient().invoices.list({ subscription: me.subscriptionId })
  expect(data[0]).toMatchObject({ status: 'paid', amount_paid: review.preview.due })
})

// Years of a plan, with their events, on a machine that may be busy.
const SLOW = { timeout: 120_000 }

describe('a year that becomes months is shown the amount of its day', SLOW, () => {
  const yearly = async () => {
    const me = await subscriber()
    const { items } = await stripeClient().subscriptions.update(me.subscriptionId, {
      items: [{ id: me.item, price: await priceForTier(SMALL, 'year') }],
      proration_behavior: 'always_invoice',
    })
    await history.arrive()
    return { ...me, item: items.data[0]?.id ?? '' }
  }
  const half = (months: number) =>
    stripeClient().coupons.create({
      ...{ percent_off: 50, duration: 'repeating', duration_in_months: months },
    })
  const charged = async (me: Awaited<ReturnType<typeof yearly>>) => {
    const review = await reviewChange(me.actor, { tier: SMALL, interval: 'month' })
    await changePlan(me.actor, { offer: review.offer, agreed: false })
    await history.later(366, 3)
    const { data } = await stripeClient().invoices.list({ subscription: me.subscriptionId })
    const on = data.find(({ period_end: end }) => end * 1000 === Number(review.preview.at))
    return [review.preview.due, on?.amount_paid]
  }

  it('where the discount of the plan is over by then, and where it is not', async () => {
    for (const [months, due] of [
      [3, 1900],
      [24, 950],
    ] as const) {
      const me = await yearly()
      const discounts = [{ coupon: (await half(months)).id }]
      await stripeClient().subscriptions.update(me.subscriptionId, { discounts })
      expect(await charged(me)).toEqual([due, due])
    }
  })

  it('where the discount of its item alone is over by then', async () => {
    const me = await yearly()
    const discounts = [{ coupon: (await half(2)).id }]
    await stripeClient().subscriptionItems.update(me.item, { discounts })
    expect(await charged(me)).toEqual([1900, 1900])
  })

  it('where the discount that its customer has on everything is over by then', async () => {
    const me = await yearly()
    const { id: coupon } = await half(2)
    shop.sandbox.change(null, (tx) =>
      discountCustomer(tx, me.customerId, { coupon, promotionCode: null }),
    )
    expect(await charged(me)).toEqual([1900, 1900])
  })

  it('where a draft takes the credit first', async () => {
    const me = await yearly()
    await stripeClient().customers.update(me.customerId, { balance: -500 })
    const { currentPeriodEnd } = (await reviewChange(me.actor, { tier: SMALL, interval: 'month' }))
      .billing
    // Ahead of the hour in which the draft is charged.
    const left = Math.ceil((Number(currentPeriodEnd) - (await history.now())) / 1000) + 5
    await advance(shop, left)
    await history.arrive()
    expect(await charged(me)).toEqual([1900, 1900])
  })
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
