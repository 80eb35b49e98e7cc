import type Stripe from 'stripe'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { startStory } from '@/sandbox/test/story'

const DAY = 86_400
let story: Awaited<ReturnType<typeof startStory>>

beforeEach(async () => {
  story = await startStory()
})

afterEach(() => story.stop())

async function payer() {
  const { id } = await story.stripe.customers.create({
    payment_method: 'pm_card_visa',
    invoice_settings: { default_payment_method: 'pm_card_visa' },
  })
  return id
}

async function coupon(more: Partial<Stripe.CouponCreateParams>) {
  const { id } = await story.stripe.coupons.create({ duration: 'forever', ...more })
  return id
}

async function latest(subscription: string) {
  const [invoice] = (await story.stripe.invoices.list({ subscription, limit: 1 })).data
  if (!invoice) throw new Error('There is no invoice.')
  return invoice
}

/** What comes off each line, in all. */
function off({ lines }: Stripe.Invoice) {
  return lines.data.map(({ amount, discount_amounts }) => [
    amount,
    ...(discount_amounts ?? []).map((taken) => taken.amount),
  ])
}

test('an item has its discount for itself alone, before that of the subscription', async () => {
  const { stripe, catalog, advance } = story
  const half = await coupon({ percent_off: 50 })
  const tenth = await coupon({ percent_off: 10 })
  const { id, items, discounts } = await stripe.subscriptions.create({
    customer: await payer(),
    items: [
      { price: catalog.proMonthly.id, discounts: [{ coupon: half }] },
      { price: catalog.studioMonthly.id },
    ],
    discounts: [{ coupon: tenth }],
    expand: ['items.data.discounts'],
  })
  const [pro, studio] = items.data
  const [own] = (pro?.discounts ?? []) as Stripe.Discount[]
  expect(own).toMatchObject({ subscription_item: pro?.id, source: { coupon: half } })
  expect(studio?.discounts).toEqual([])
  const first = await latest(id)
  expect(off(first)).toEqual([
    [1900, 950, 95],
    [4900, 490],
  ])
  expect(first).toMatchObject({
    subtotal: 6800,
    total: 6800 - 950 - 585,
    discounts,
    total_discount_amounts: [
      { amount: 950, discount: own?.id },
      { amount: 585, discount: discounts[0] },
    ],
  })
  expect(first.lines.data[0]?.discounts).toEqual([own?.id])
  expect(first.lines.data[0]?.pretax_credit_amounts).toEqual([
    { amount: 950, discount: own?.id, type: 'discount' },
    { amount: 95, discount: discounts[0], type: 'discount' },
  ])
  const preview = await stripe.invoices.createPreview({ subscription: id })
  await advance(32 * DAY)
  expect((await latest(id)).total).toBe(preview.total)
})

test('a coupon for one invoice leaves its item when it is spent, and one for months when they are over', async () => {
  const { stripe, catalog, advance } = story
  const once = await coupon({ percent_off: 50, duration: 'once' })
  const twice = await coupon({
    amount_off: 100,
    currency: 'usd',
    duration: 'repeating',
    duration_in_months: 2,
  })
  const { id } = await stripe.subscriptions.create({
    customer: await payer(),
    items: [
      {
        price: catalog.proMonthly.id,
        discounts: [{ coupon: once }, { coupon: twice }],
      },
    ],
  })
  await advance(95 * DAY)
  const { data } = await stripe.invoices.list({ subscription: id })
  expect(data.map(({ total }) => total).reverse()).toEqual([850, 1800, 1900, 1900])
  const { items } = await stripe.subscriptions.retrieve(id)
  expect(items.data[0]?.discounts).toEqual([])
})

test("an item's discounts are changed without a proration, by the item or by its subscription, as it is previewed", async () => {
  const { stripe, catalog, advance, lastEvent, eventsSince } = story
  const half = await coupon({ percent_off: 50 })
  const tenth = await coupon({ percent_off: 10 })
  const { id, items } = await stripe.subscriptions.create({
    customer: await payer(),
    items: [{ price: catalog.proMonthly.id }],
  })
  const item = items.data[0]?.id ?? ''
  const details = { items: [{ id: item, discounts: [{ coupon: half }] }] }
  const preview = await stripe.invoices.createPreview({
    subscription: id,
    subscription_details: details,
  })
  expect(preview).toMatchObject({ total: 950 })
  expect((await stripe.subscriptionItems.retrieve(item)).discounts).toEqual([])
  const before = await lastEvent()
  await stripe.subscriptions.update(id, details)
  expect((await eventsSince(before)).map(({ type }) => type)).toEqual([
    'customer.discount.created',
    'customer.subscription.updated',
  ])
  const kept = (await stripe.subscriptionItems.retrieve(item)).discounts[0] as string
  await stripe.subscriptionItems.update(item, {
    discounts: [{ discount: kept }, { coupon: tenth }],
  })
  await advance(32 * DAY)
  expect(off(await latest(id))).toEqual([[1900, 950, 95]])
  await stripe.subscriptionItems.update(item, { discounts: '' })
  expect(await stripe.subscriptionItems.retrieve(item)).toMatchObject({ discounts: [] })
  expect(await stripe.invoices.createPreview({ subscription: id })).toMatchObject({ total: 1900 })
  await expect(
    stripe.subscriptionItems.update(item, { discounts: [{ discount: 'di_none' }] }),
  ).rejects.toMatchObject({ statusCode: 400, param: 'items[0][discounts][0][discount]' })
})

test('an item that is added with a discount is charged, and credited, with it', async () => {
  const { stripe, catalog } = story
  const half = await coupon({ percent_off: 50 })
  const { id } = await stripe.subscriptions.create({
    customer: await payer(),
    items: [{ price: catalog.proMonthly.id }],
  })
  const added = await stripe.subscriptionItems.create({
    subscription: id,
    price: catalog.studioMonthly.id,
    discounts: [{ coupon: half }],
    proration_behavior: 'always_invoice',
  })
  expect(await latest(id)).toMatchObject({ total: 2450 })
  await stripe.subscriptionItems.del(added.id, { proration_behavior: 'always_invoice' })
  expect(await latest(id)).toMatchObject({ total: -2450 })
  const { types } = {
    types: (await stripe.events.list({ type: 'customer.discount.deleted' })).data,
  }
  expect(types).toHaveLength(1)
})

test('a preview of notes and discounts changes neither', async () => {
  const { stripe, subscribe } = story
  const { subscription, item } = await subscribe()
  await stripe.invoices.createPreview({
    subscription: subscription.id,
    subscription_details: { items: [{ id: item, metadata: { of: 'preview' } }] },
  })
  expect((await stripe.subscriptionItems.retrieve(item)).metadata).toEqual({})
})

test('an invoice item has its discount on whatever invoice it goes', async () => {
  const { stripe, catalog } = story
  const customer = await payer()
  const half = await coupon({ percent_off: 50 })
  const item = await stripe.invoiceItems.create({
    customer,
    amount: 1000,
    currency: 'usd',
    discounts: [{ coupon: half }],
    expand: ['discounts'],
  })
  expect(item.discounts).toMatchObject([{ invoice_item: item.id, source: { coupon: half } }])
  const draft = await stripe.invoices.create({
    customer,
    pending_invoice_items_behavior: 'include',
  })
  expect(off(draft)).toEqual([[1000, 500]])
  const line = draft.lines.data[0]?.id ?? ''
  await stripe.invoices.updateLineItem(draft.id, line, { discounts: '' })
  expect(await stripe.invoices.retrieve(draft.id)).toMatchObject({ total: 1000 })
  await stripe.invoices.addLines(draft.id, {
    lines: [{ amount: 300, description: 'More', discounts: [{ coupon: half }] }],
  })
  expect(await stripe.invoices.finalizeInvoice(draft.id)).toMatchObject({ total: 1150 })
  const { id } = await stripe.subscriptions.create({
    customer,
    items: [{ price: catalog.proMonthly.id }],
    add_invoice_items: [{ price: (await once()).id, discounts: [{ coupon: half }] }],
  })
  expect(await latest(id)).toMatchObject({ total: 1900 + 250 })
})

async function once() {
  return story.stripe.prices.create({
    product: story.catalog.pro.id,
    currency: 'usd',
    unit_amount: 500,
  })
}
