import type Stripe from 'stripe'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { payCheckout } from '@/sandbox/lifecycle/checkout/pay'
import { startStory } from '@/sandbox/test/story'
import { card, openCheckout } from '@/sandbox/test/world'

const DAY = 86_400
let story: Awaited<ReturnType<typeof startStory>>

beforeEach(async () => {
  story = await startStory()
})

afterEach(() => story.stop())

async function bought(discounts: Stripe.Checkout.SessionCreateParams.Discount[]) {
  const { stripe, catalog, sandbox } = story
  const { customer, session } = await openCheckout(stripe, catalog.proMonthly.id, { discounts })
  await payCheckout(sandbox, session.id, card())
  const [subscription] = (await stripe.subscriptions.list({ customer: customer.id })).data
  if (!subscription) throw new Error('Checkout made no subscription.')
  const totals = async () =>
    (await stripe.invoices.list({ customer: customer.id })).data.map(({ total }) => total).reverse()
  return { customer, session, subscription, totals }
}

test('a coupon takes its part off for as long as it lasts: once, for some months, for ever', async () => {
  const { stripe, advance } = story
  const expected = {
    once: [1520, 1900, 1900, 1900],
    repeating: [1520, 1520, 1900, 1900],
    forever: [1520, 1520, 1520, 1520],
  }
  const all = await Promise.all(
    (['once', 'repeating', 'forever'] as const).map(async (duration) => {
      const coupon = await stripe.coupons.create({
        percent_off: 20,
        duration,
        ...(duration === 'repeating' ? { duration_in_months: 2 } : {}),
      })
      return { duration, ...(await bought([{ coupon: coupon.id }])) }
    }),
  )
  await advance(95 * DAY)
  for (const { duration, totals, subscription } of all) {
    expect({ duration, totals: await totals() }).toEqual({ duration, totals: expected[duration] })
    const { discounts } = await stripe.subscriptions.retrieve(subscription.id)
    expect(discounts).toHaveLength(duration === 'forever' ? 1 : 0)
  }
})

test('an invoice says what each discount took off, and its amounts add up', async () => {
  const { stripe } = story
  const coupon = await stripe.coupons.create({
    amount_off: 500,
    currency: 'usd',
    duration: 'forever',
  })
  const { session, subscription } = await bought([{ coupon: coupon.id }])
  expect(session).toMatchObject({
    amount_subtotal: 1900,
    amount_total: 1400,
    discounts: [{ coupon: coupon.id, promotion_code: null }],
    total_details: { amount_discount: 500 },
  })
  const { discounts, latest_invoice } = await stripe.subscriptions.retrieve(subscription.id, {
    expand: ['latest_invoice', 'discounts.source.coupon'],
  })
  const [discount] = discounts as Stripe.Discount[]
  expect(discount).toMatchObject({ object: 'discount', source: { coupon: { amount_off: 500 } } })
  expect(latest_invoice).toMatchObject({
    subtotal: 1900,
    total: 1400,
    amount_paid: 1400,
    discounts: [discount?.id],
    total_discount_amounts: [{ amount: 500, discount: discount?.id }],
    lines: {
      data: [{ amount: 1900, discount_amounts: [{ amount: 500, discount: discount?.id }] }],
    },
  })
  expect(await stripe.coupons.retrieve(coupon.id)).toMatchObject({ times_redeemed: 1 })
})

test('an upgrade with a discount charges the preview to the cent, and credits only what was paid', async () => {
  const { stripe, catalog, advance } = story
  const coupon = await stripe.coupons.create({ percent_off: 50, duration: 'once' })
  const { customer, subscription } = await bought([{ coupon: coupon.id }])
  await advance(10 * DAY)
  const items = [{ id: subscription.items.data[0]?.id ?? '', price: catalog.studioMonthly.id }]
  const proration_date = subscription.created + 10 * DAY
  const preview = await stripe.invoices.createPreview({
    customer: customer.id,
    subscription: subscription.id,
    subscription_details: { items, proration_behavior: 'always_invoice', proration_date },
  })
  const { latest_invoice } = await stripe.subscriptions.update(subscription.id, {
    items,
    proration_behavior: 'always_invoice',
    proration_date,
    expand: ['latest_invoice'],
  })
  expect((latest_invoice as Stripe.Invoice).total).toBe(preview.total)
  expect(-(preview.lines.data[0]?.amount ?? 0)).toBeLessThanOrEqual(950)
})

test('a preview of a discount is the renewal that follows', async () => {
  const { stripe, subscribe, advance } = story
  const { customer, subscription } = await subscribe()
  const coupon = await stripe.coupons.create({ percent_off: 33.3, duration: 'once' })
  const discounts = [{ coupon: coupon.id }]
  const preview = await stripe.invoices.createPreview({
    customer: customer.id,
    subscription: subscription.id,
    discounts,
  })
  expect((await stripe.coupons.retrieve(coupon.id)).times_redeemed).toBe(0)
  await stripe.subscriptions.update(subscription.id, { discounts })
  await advance(32 * DAY)
  const [renewal] = (await stripe.invoices.list({ customer: customer.id, limit: 1 })).data
  expect(renewal).toMatchObject({ total: preview.total, status: 'paid' })
})

test('a discount can be taken off again', async () => {
  const { stripe, lastEvent, eventsSince } = story
  const coupon = await stripe.coupons.create({ percent_off: 10, duration: 'forever' })
  const { subscription } = await bought([{ coupon: coupon.id }])
  const before = await lastEvent()
  expect(await stripe.subscriptions.deleteDiscount(subscription.id)).toMatchObject({
    deleted: true,
  })
  expect((await stripe.subscriptions.retrieve(subscription.id)).discounts).toEqual([])
  expect((await eventsSince(before)).map(({ type }) => type)).toEqual([
    'customer.discount.deleted',
    'customer.subscription.updated',
  ])
})

test('a promotion code is refused to a customer whom it is not for', async () => {
  const { stripe, subscribe } = story
  const coupon = await stripe.coupons.create({ percent_off: 20, duration: 'once', id: 'SAVE20' })
  const code = await stripe.promotionCodes.create({
    promotion: { type: 'coupon', coupon: coupon.id },
    code: 'Fall',
    max_redemptions: 1,
    restrictions: { first_time_transaction: true },
  })
  expect((await stripe.promotionCodes.list({ code: 'fall', active: true })).data).toMatchObject([
    { id: code.id, promotion: { coupon: 'SAVE20' } },
  ])
  const { subscription } = await subscribe()
  const discounts = [{ promotion_code: code.id }]
  await expect(stripe.subscriptions.update(subscription.id, { discounts })).rejects.toMatchObject({
    statusCode: 400,
    message: expect.stringContaining('prior transactions'),
  })
  await bought(discounts)
  await expect(bought(discounts)).rejects.toMatchObject({ statusCode: 400 })
  await stripe.coupons.del('SAVE20')
  await expect(stripe.coupons.retrieve('SAVE20')).rejects.toMatchObject({ statusCode: 404 })
})
