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

test("a customer's discount counts where there is no other, until it is taken away", async () => {
  const { stripe, catalog, url, lastEvent, eventsSince } = story
  const customer = await payer()
  const quarter = await coupon({ percent_off: 25 })
  const tenth = await coupon({ percent_off: 10 })
  const before = await lastEvent()
  await give(customer, quarter)
  expect((await eventsSince(before)).map(({ type }) => type)).toEqual([
    'customer.discount.created',
    'customer.updated',
  ])
  const { discount } = (await stripe.customers.retrieve(customer)) as Stripe.Customer
  expect(discount).toMatchObject({ object: 'discount', customer, source: { coupon: quarter } })
  const items = [{ price: catalog.proMonthly.id }]
  const { id } = await stripe.subscriptions.create({ customer, items })
  expect(await latest(id)).toMatchObject({ total: 1425, discounts: [discount?.id] })
  const other = await stripe.subscriptions.create({
    customer,
    items,
    discounts: [{ coupon: tenth }],
  })
  expect(await latest(other.id)).toMatchObject({ total: 1710 })
  await stripe.invoiceItems.create({ customer, amount: 1000, currency: 'usd' })
  const byHand = { customer, pending_invoice_items_behavior: 'include' } as const
  expect(await stripe.invoices.create(byHand)).toMatchObject({ total: 750 })
  await stripe.invoiceItems.create({ customer, amount: 1000, currency: 'usd' })
  expect(await stripe.invoices.create({ ...byHand, discounts: '' })).toMatchObject({ total: 1000 })
  const session = await stripe.checkout.sessions.create({
    mode: 'subscription',
    customer,
    line_items: [{ price: catalog.proMonthly.id, quantity: 1 }],
    success_url: `${url}/done`,
  })
  expect(session).toMatchObject({ amount_subtotal: 1900, amount_total: 1425 })
  expect(await stripe.customers.deleteDiscount(customer)).toMatchObject({
    id: discount?.id,
    deleted: true,
  })
  expect(await stripe.customers.retrieve(customer)).toMatchObject({ discount: null })
  expect(await stripe.invoices.createPreview({ subscription: id })).toMatchObject({ total: 1900 })
  await expect(stripe.customers.deleteDiscount(customer)).rejects.toMatchObject({ statusCode: 404 })
})

test("a customer's coupon for one invoice is spent by the first, also by one made by hand", async () => {
  const { stripe, advance, catalog } = story
  const half = await coupon({ percent_off: 50, duration: 'once' })
  const customer = await payer()
  await give(customer, half)
  await stripe.invoiceItems.create({ customer, amount: 1000, currency: 'usd' })
  const { id: byHand } = await stripe.invoices.create({
    customer,
    pending_invoice_items_behavior: 'include',
  })
  expect(await stripe.invoices.finalizeInvoice(byHand)).toMatchObject({ total: 500 })
  expect(await stripe.customers.retrieve(customer)).toMatchObject({ discount: null })
  await give(customer, half)
  const items = [{ price: catalog.proMonthly.id }]
  const { id } = await stripe.subscriptions.create({ customer, items })
  await advance(32 * DAY)
  const { data } = await stripe.invoices.list({ subscription: id })
  expect(data.map(({ total }) => total)).toEqual([1900, 950])
})

async function give(customer: string, coupon: string) {
  const response = await fetch(`${story.url}/_sandbox/customers/${customer}/discount`, {
    method: 'POST',
    body: JSON.stringify({ coupon }),
  })
  expect(response.status).toBe(200)
}
