import { afterAll, beforeAll, expect, test } from 'vitest'
import { directly } from '@/sandbox/test/fidelity/direct'
import { startStory } from '@/sandbox/test/story'
import { openCheckout } from '@/sandbox/test/world'

let story: Awaited<ReturnType<typeof startStory>>
let facts: { customer: string; subscription: string; item: string; price: string; now: number }

beforeAll(async () => {
  story = await startStory()
  const { customer, subscription, item } = await story.subscribe()
  facts = {
    customer: customer.id,
    subscription: subscription.id,
    item,
    price: story.catalog.proMonthly.id,
    now: story.sandbox.clock.now(),
  }
})

afterAll(() => story.stop())

test('an upcoming invoice has no address of its own', () => {
  const call = directly(story.sandbox)
  for (const path of ['/v1/invoices/upcoming', '/v1/invoices/upcoming/lines'])
    expect(call('GET', path)).toMatchObject({ ok: false, error: { code: 'resource_missing' } })
  expect(() => call('POST', `/v1/subscription_items/${facts.item}/usage_records`)).toThrow()
})

test('lists do not count: `total_count` cannot be expanded, and is not there', async () => {
  const { stripe } = story
  const listed = await stripe.customers.list()
  expect(listed).not.toHaveProperty('total_count')
  const { items } = await stripe.subscriptions.retrieve(facts.subscription)
  expect(items).not.toHaveProperty('total_count')
  await expect(stripe.customers.list({ expand: ['total_count'] })).rejects.toMatchObject({
    statusCode: 400,
  })
})

test('five levels cannot be expanded', async () => {
  const expand = ['latest_invoice.payments.data.payment.payment_intent']
  await expect(
    story.stripe.subscriptions.retrieve(facts.subscription, { expand }),
  ).rejects.toMatchObject({ statusCode: 400, param: 'expand' })
})

test('the period of a subscription is on its items', async () => {
  const subscription = await story.stripe.subscriptions.retrieve(facts.subscription)
  for (const field of ['current_period_end', 'current_period_start', 'discount'])
    expect(subscription).not.toHaveProperty(field)
  expect(subscription.items.data[0]?.current_period_end).toBeGreaterThan(facts.now)
})

test('an invoice names its subscription in `parent`, and its payment in `payments`', async () => {
  const { subscription, customer } = facts
  const [invoice] = (await story.stripe.invoices.list({ subscription })).data
  for (const field of ['subscription', 'subscription_details', 'payment_intent', 'charge', 'paid'])
    expect(invoice).not.toHaveProperty(field)
  for (const field of ['tax', 'discount', 'total_tax_amounts', 'quote', 'payments'])
    expect(invoice).not.toHaveProperty(field)
  expect(invoice?.parent?.subscription_details?.subscription).toBe(subscription)
  const [charge] = (await story.stripe.charges.list({ customer })).data
  const [intent] = (await story.stripe.paymentIntents.list({ customer })).data
  expect(charge).not.toHaveProperty('invoice')
  expect(intent).not.toHaveProperty('invoice')
})

test('a line of an invoice names its price in `pricing`, and its item in `parent`', async () => {
  const { subscription, item, price } = facts
  const [invoice] = (await story.stripe.invoices.list({ subscription })).data
  const [line] = invoice?.lines.data ?? []
  for (const field of ['price', 'plan', 'type', 'proration', 'subscription_item'])
    expect(line).not.toHaveProperty(field)
  expect(line).toMatchObject({
    pricing: { price_details: { price } },
    parent: { subscription_item_details: { subscription_item: item, proration: false } },
  })
})

test('a discount has its coupon in `source`, and a promotion code in `promotion`', async () => {
  const { stripe } = story
  const { id: coupon } = await stripe.coupons.create({ percent_off: 5, duration: 'forever' })
  const code = await stripe.promotionCodes.create({ promotion: { type: 'coupon', coupon } })
  expect(code).not.toHaveProperty('coupon')
  const { discounts } = await stripe.subscriptions.update(facts.subscription, {
    discounts: [{ coupon }],
    expand: ['discounts'],
  })
  expect(discounts).toMatchObject([{ source: { type: 'coupon', coupon } }])
  expect(discounts[0]).not.toHaveProperty('coupon')
})

test('while Checkout is open there is neither a subscription nor an invoice', async () => {
  const { stripe, catalog } = story
  const { customer, session } = await openCheckout(stripe, catalog.proMonthly.id)
  expect(session).toMatchObject({ subscription: null, invoice: null, payment_status: 'unpaid' })
  expect(session.payment_method_types).toContain('card')
  const all = { customer: customer.id, status: 'all' } as const
  expect((await stripe.subscriptions.list(all)).data).toEqual([])
  expect((await stripe.invoices.list({ customer: customer.id })).data).toEqual([])
})

test('an embedded page has a client secret, and no address', async () => {
  const { stripe, catalog } = story
  const session = await stripe.checkout.sessions.create({
    mode: 'subscription',
    customer: facts.customer,
    ui_mode: 'embedded_page',
    return_url: 'http://x.test/r?session_id={CHECKOUT_SESSION_ID}',
    line_items: [{ price: catalog.proMonthly.id, quantity: 1 }],
  })
  expect(session).toMatchObject({ url: null, success_url: null })
  expect(session.client_secret).toContain('_secret_')
})

test('a new subscription is billed in flexible mode', async () => {
  const { billing_mode } = await story.stripe.subscriptions.retrieve(facts.subscription)
  expect(billing_mode).toMatchObject({ type: 'flexible' })
})

test('an item without its id is another item', async () => {
  const { stripe, catalog, subscribe } = story
  const { subscription, item } = await subscribe()
  const { items } = await stripe.subscriptions.update(subscription.id, {
    items: [{ price: catalog.studioMonthly.id }],
  })
  expect(items.data).toHaveLength(2)
  expect(items.data[0]?.id).toBe(item)
})

test('another price without a quantity is one of it', async () => {
  const { stripe, catalog, subscribe } = story
  const { subscription, item } = await subscribe()
  await stripe.subscriptions.update(subscription.id, { items: [{ id: item, quantity: 3 }] })
  const { items } = await stripe.subscriptions.update(subscription.id, {
    items: [{ id: item, price: catalog.studioMonthly.id }],
  })
  expect(items.data[0]?.quantity).toBe(1)
})

test('decimals are text in the body of a webhook', () => {
  const events = [...story.sandbox.store.all('event')]
  const { object } = events.find(({ type }) => type === 'price.created')?.data ?? {}
  expect(object).toMatchObject({ unit_amount: expect.any(Number) })
  expect(object).toMatchObject({ unit_amount_decimal: expect.any(String) })
})
