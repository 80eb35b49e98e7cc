import type Stripe from 'stripe'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { payCheckout } from '@/sandbox/lifecycle/checkout/pay'
import { startStory } from '@/sandbox/test/story'
import { card, openCheckout } from '@/sandbox/test/world'

const HOUR = 3600

let story: Awaited<ReturnType<typeof startStory>>

beforeEach(async () => {
  story = await startStory()
})

afterEach(() => story.stop())

test('an amount that is added to a subscription is previewed, and charged with its next renewal', async () => {
  const { stripe } = story
  const { customer, subscription, start, end } = await story.subscribe()
  const item = await stripe.invoiceItems.create({
    customer: customer.id,
    subscription: subscription.id,
    amount: 700,
    currency: 'usd',
    description: 'Onboarding',
    metadata: { by: 'sales' },
  })
  expect(item).toMatchObject({
    object: 'invoiceitem',
    amount: 700,
    net_amount: 700,
    invoice: null,
    proration: false,
    discountable: true,
    parent: { subscription_details: { subscription: subscription.id } },
  })
  const preview = await stripe.invoices.createPreview({ subscription: subscription.id })
  expect(preview.total).toBe(2600)
  await story.advance(end - start + 60)
  const draft = await latestOf(subscription.id)
  expect(draft).toMatchObject({ status: 'draft', total: 2600 })
  expect(draft.lines.data[0]).toMatchObject({
    amount: 700,
    description: 'Onboarding',
    metadata: { by: 'sales' },
    pricing: {
      price_details: { price: expect.any(String), product: expect.any(String) },
    },
    parent: {
      invoice_item_details: {
        invoice_item: item.id,
        proration: false,
        subscription: subscription.id,
      },
    },
  })
  expect(draft.lines.data[0]).not.toHaveProperty('subscription')
  expect(await stripe.invoiceItems.retrieve(item.id)).toMatchObject({ invoice: draft.id })
  await story.advance(HOUR)
  expect(await latestOf(subscription.id)).toMatchObject({ status: 'paid', amount_paid: 2600 })
})

test('an amount for no subscription goes on the first invoice that the customer gets, and on one only', async () => {
  const { stripe, catalog } = story
  const { customer, card: method } = await payer()
  await stripe.invoiceItems.create({ customer, amount: 500, currency: 'usd' })
  await stripe.invoiceItems.create({ customer, amount: 900, currency: 'eur' })
  const items = [{ price: catalog.proMonthly.id }]
  const asked = { customer, items, default_payment_method: method }
  const first = await stripe.subscriptions.create(asked)
  const second = await stripe.subscriptions.create(asked)
  expect(await latestOf(first.id)).toMatchObject({ status: 'paid', amount_paid: 2400 })
  expect(await latestOf(second.id)).toMatchObject({ status: 'paid', amount_paid: 1900 })
  const waiting = await stripe.invoiceItems.list({ customer, pending: true })
  expect(waiting.data).toMatchObject([{ currency: 'eur' }])
})

test('Checkout takes what it shows: what else waits for the customer is left for later', async () => {
  const { stripe, catalog, sandbox } = story
  const { customer, session } = await openCheckout(stripe, catalog.proMonthly.id)
  await stripe.invoiceItems.create({ customer: customer.id, amount: 500, currency: 'usd' })
  await payCheckout(sandbox, session.id, card())
  const [subscription] = (await stripe.subscriptions.list({ customer: customer.id })).data
  expect(await latestOf(subscription?.id ?? '')).toMatchObject({ amount_paid: 1900 })
  const preview = await stripe.invoices.createPreview({ subscription: subscription?.id ?? '' })
  expect(preview.total).toBe(2400)
})

test('so many of a price that is paid once cost that many times as much', async () => {
  const { stripe, catalog } = story
  const { customer } = await payer()
  const fee = await stripe.prices.create({
    product: catalog.studio.id,
    currency: 'usd',
    unit_amount: 250,
  })
  const item = await stripe.invoiceItems.create({
    customer,
    pricing: { price: fee.id },
    quantity: 3,
  })
  expect(item).toMatchObject({
    amount: 750,
    quantity: 3,
    description: 'Studio',
    pricing: { price_details: { price: fee.id, product: catalog.studio.id } },
  })
  expect(await stripe.invoiceItems.update(item.id, { quantity: 2 })).toMatchObject({ amount: 500 })
  await expect(
    stripe.invoiceItems.create({ customer, pricing: { price: catalog.proMonthly.id } }),
  ).rejects.toMatchObject({ statusCode: 400, param: 'pricing[price]' })
  await stripe.prices.update(fee.id, { active: false })
  await expect(
    stripe.invoiceItems.create({ customer, pricing: { price: fee.id } }),
  ).rejects.toMatchObject({ statusCode: 400, param: 'pricing[price]' })
})

test('an amount without a currency or a sense is refused', async () => {
  const { stripe } = story
  const { customer, subscription } = await story.subscribe()
  const other = await stripe.customers.create()
  const refused = async (params: Stripe.InvoiceItemCreateParams, param: string) =>
    expect(stripe.invoiceItems.create(params)).rejects.toMatchObject({ statusCode: 400, param })
  await refused({ customer: other.id }, 'amount')
  await refused({ customer: other.id, amount: 1 }, 'currency')
  await refused({ amount: 1, currency: 'usd' }, 'customer')
  await refused({ customer: other.id, amount: 1, quantity: 2, currency: 'usd' }, 'amount')
  await refused({ customer: 'cus_none', amount: 1, currency: 'usd' }, 'customer')
  const about = { subscription: subscription.id, amount: 1 }
  await refused({ customer: other.id, currency: 'usd', ...about }, 'subscription')
  await refused({ customer: customer.id, currency: 'eur', ...about }, 'currency')
  const invoice = String(subscription.latest_invoice)
  await refused({ customer: other.id, invoice, amount: 1, currency: 'usd' }, 'invoice')
  await stripe.subscriptions.cancel(subscription.id)
  await refused({ customer: customer.id, currency: 'usd', ...about }, 'subscription')
})

test('a proration that waits can be renamed or deleted, and its amount stays', async () => {
  const { stripe, catalog } = story
  const { customer, subscription, item } = await story.subscribe()
  await stripe.subscriptions.update(subscription.id, {
    items: [{ id: item, price: catalog.studioMonthly.id }],
  })
  const [first, second] = (await stripe.invoiceItems.list({ customer: customer.id })).data
  expect(await stripe.invoiceItems.update(first?.id ?? '', { description: 'More' })).toMatchObject({
    description: 'More',
    proration: true,
  })
  await expect(stripe.invoiceItems.update(first?.id ?? '', { amount: 1 })).rejects.toMatchObject({
    statusCode: 400,
  })
  await stripe.invoiceItems.del(second?.id ?? '')
  expect((await stripe.invoiceItems.list({ customer: customer.id })).data).toHaveLength(1)
})

test('what waits for a customer on a test clock is dated by that clock', async () => {
  const { stripe } = story
  const frozen = 1_800_000_000
  const clock = await stripe.testHelpers.testClocks.create({ frozen_time: frozen })
  const customer = await stripe.customers.create({ test_clock: clock.id })
  const item = await stripe.invoiceItems.create({
    customer: customer.id,
    amount: 1,
    currency: 'usd',
  })
  expect(item).toMatchObject({ date: frozen, test_clock: clock.id })
  await stripe.testHelpers.testClocks.advance(clock.id, { frozen_time: frozen + 60 })
  const before = await story.lastEvent()
  await stripe.invoiceItems.del(item.id)
  expect(await story.eventsSince(before)).toMatchObject([{ created: frozen + 60 }])
})

test('an item is for a draft of its customer and its subscription, and its price and currency agree', async () => {
  const { stripe, catalog } = story
  const { customer, subscription, start, end } = await story.subscribe()
  const theirs = await story.subscribe()
  await story.advance(end - start + 120)
  const { id: invoice } = await latestOf(theirs.subscription.id)
  const amount = { amount: 1, currency: 'usd', invoice }
  await expect(
    stripe.invoiceItems.create({ ...amount, customer: customer.id }),
  ).rejects.toMatchObject({ param: 'invoice' })
  await expect(
    stripe.invoiceItems.create({
      ...amount,
      customer: theirs.customer.id,
      subscription: subscription.id,
    }),
  ).rejects.toMatchObject({ message: expect.stringContaining('not one of the subscription') })
  const fee = await stripe.prices.create({
    product: catalog.studio.id,
    currency: 'usd',
    unit_amount: 1,
  })
  const other = await stripe.customers.create()
  await expect(
    stripe.invoiceItems.create({
      customer: other.id,
      pricing: { price: fee.id },
      currency: 'eur',
    }),
  ).rejects.toMatchObject({ param: 'currency' })
  const plain = await stripe.invoiceItems.create({
    customer: other.id,
    amount: 1,
    currency: 'usd',
  })
  await expect(stripe.invoiceItems.update(plain.id, { quantity: 2 })).rejects.toMatchObject({
    param: 'quantity',
  })
})

async function payer() {
  const { id: customer } = await story.stripe.customers.create()
  const method = await story.stripe.paymentMethods.attach('pm_card_visa', { customer })
  return { customer, card: method.id }
}

async function latestOf(id: string): Promise<Stripe.Invoice> {
  const { latest_invoice: latest } = await story.stripe.subscriptions.retrieve(id)
  return story.stripe.invoices.retrieve(String(latest))
}
