import type Stripe from 'stripe'
import { beforeEach, describe, expect, it } from 'vitest'
import { listAudit } from '@/db/queries/audit'
import { readAmounts } from '@/lib/billing/amounts'
import { readBilling } from '@/lib/billing/read'
import { priceForTier } from '@/lib/catalog/price-for-tier'
import { GREAT, SMALL } from '@/lib/catalog/tiers.fixture'
import { type Subscriber, subscriber } from '@/lib/reconcile/subscribers.fixture'
import { stripeClient } from '@/lib/stripe/client'
import { changePlan } from '@/lib/subscriptions/change-plan'
import { reviewChange } from '@/lib/subscriptions/review-change'
import { soak } from '@/scripts/test/soak.fixture'
import { historyForFile } from './history-for-file.fixture'

const { history } = historyForFile()
let me: Subscriber

type Phase = Stripe.SubscriptionScheduleUpdateParams.Phase

const id = (ref: string | { id: string } | null) => (typeof ref === 'string' ? ref : ref?.id)
const subscription = () => stripeClient().subscriptions.retrieve(me.subscriptionId)
const charged = async () => {
  const { data } = await stripeClient().invoices.list({ subscription: me.subscriptionId, limit: 1 })
  return data[0]?.amount_paid
}
const announced = async () => {
  const { next } = await readAmounts(me.actor.id, await readBilling(me.workspaceId))
  return next.kind === 'charge' ? next.charge.due : next.kind
}
const replans = async () => {
  const rows = await listAudit(me.customerId)
  return rows.filter(({ action }) => action === 'subscription.replan').length
}

/** What an operator does in the Dashboard to a plan that a schedule governs: its phase that lasts, and no other. */
async function nowInTheDashboard(edit: Partial<Phase>) {
  const schedule = await stripeClient().subscriptionSchedules.retrieve(
    String(id((await subscription()).schedule)),
  )
  const [now, next] = schedule.phases.map((phase) => ({
    items: phase.items.map(({ price, quantity }) => ({
      ...{ price: String(id(price)), quantity: quantity ?? 1 },
    })),
    discounts: phase.discounts.map(({ discount }) => ({ discount: String(id(discount)) })),
    default_payment_method: String(id(phase.default_payment_method)),
    ...{ start_date: phase.start_date, end_date: phase.end_date, proration_behavior: 'none' },
  })) as [Phase, Phase]
  const phases = [{ ...now, ...edit }, next]
  await stripeClient().subscriptionSchedules.update(schedule.id, {
    ...{ phases, proration_behavior: 'none' },
  })
  await history.arrive()
}

const coupon = async (more: Stripe.CouponCreateParams = {}) =>
  (await stripeClient().coupons.create({ percent_off: 20, duration: 'forever', ...more })).id

describe('what comes to a plan after a smaller one was planned goes on with that', () => {
  beforeEach(async () => {
    me = await subscriber({ price: await priceForTier(GREAT, 'month') })
    await history.arrive()
    const down = await reviewChange(me.actor, { tier: SMALL, interval: 'month' })
    await changePlan(me.actor, { offer: down.offer, agreed: false })
    await history.arrive()
    expect(await replans()).toBe(0)
  })

  it('a discount for good: shown with it, and charged with it, then and after', async () => {
    await nowInTheDashboard({ discounts: [{ coupon: await coupon() }] })
    expect(await announced()).toBe(1520)
    expect(await replans()).toBe(1)
    await history.later(31, 2)
    expect(await charged()).toBe(1520)
    await history.later(31, 2)
    expect(await charged()).toBe(1520)
  })

  soak('a discount for some months, for as long as it goes on, and no longer', async () => {
    const months = { duration: 'repeating', duration_in_months: 2 } as const
    // Given in the second of the sign-up, it would end in the second of the third charge, and not be part of it.
    await history.later(1)
    await nowInTheDashboard({ discounts: [{ coupon: await coupon(months) }] })
    for (const _month of [1, 2]) {
      await history.later(31, 2)
      expect(await charged()).toBe(1520)
    }
    await history.later(31, 2)
    expect(await charged()).toBe(1900)
  })

  it('a discount that was taken away again is gone', async () => {
    await nowInTheDashboard({ discounts: [{ coupon: await coupon() }] })
    await stripeClient().subscriptions.deleteDiscount(me.subscriptionId)
    await history.arrive()
    expect(await announced()).toBe(1900)
    await history.later(31, 2)
    expect(await charged()).toBe(1900)
  })

  it('another card', async () => {
    const { id: card } = await stripeClient().paymentMethods.attach('pm_card_mastercard', {
      customer: me.customerId,
    })
    await stripeClient().subscriptions.update(me.subscriptionId, { default_payment_method: card })
    await history.arrive()
    await history.later(31, 2)
    expect(await readBilling(me.workspaceId)).toMatchObject({ tier: SMALL, status: 'active' })
    expect((await subscription()).default_payment_method).toBe(card)
  })

  it('a tax, and notes of other programs', async () => {
    const rate = await stripeClient().taxRates.create({
      ...{ display_name: 'VAT', percentage: 10, inclusive: false },
    })
    await stripeClient().subscriptions.update(me.subscriptionId, {
      ...{ default_tax_rates: [rate.id], metadata: { ticket: '17' } },
    })
    await history.arrive()
    expect(await announced()).toBe(2090)
    await history.later(31, 2)
    expect(await charged()).toBe(2090)
    expect((await subscription()).metadata).toMatchObject({ ticket: '17', env: 'test' })
  })

  it('more seats, and another item beside the plan', async () => {
    const { id: addOn } = await stripeClient().prices.create({
      ...{ currency: 'usd', unit_amount: 500, recurring: { interval: 'month' } },
      product_data: { name: 'Support' },
    })
    const great = await priceForTier(GREAT, 'month')
    await nowInTheDashboard({ items: [{ price: great, quantity: 3 }, { price: addOn }] })
    expect(await announced()).toBe(3 * 1900 + 500)
    await history.later(31, 2)
    expect(await charged()).toBe(3 * 1900 + 500)
  })
})

it('a schedule that is not ours is left as its author made it', async () => {
  me = await subscriber()
  await history.arrive()
  const { id: schedule, phases } = await stripeClient().subscriptionSchedules.create({
    from_subscription: me.subscriptionId,
  })
  const [now] = phases
  if (!now) throw new Error('The schedule has no phase.')
  const items = [{ price: await priceForTier(SMALL, 'month'), quantity: 1 }]
  const { start_date, end_date } = now
  await stripeClient().subscriptionSchedules.update(schedule, {
    phases: [
      { items, start_date, end_date, discounts: [{ coupon: await coupon() }] },
      { items: [{ price: await priceForTier(GREAT, 'month') }], duration: { interval: 'month' } },
    ],
  })
  await history.arrive()
  const left = await stripeClient().subscriptionSchedules.retrieve(schedule)
  expect(left.phases.map(({ discounts }) => discounts.length)).toEqual([1, 0])
  expect(await replans()).toBe(0)
})
