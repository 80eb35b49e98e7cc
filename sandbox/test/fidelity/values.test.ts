import type Stripe from 'stripe'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { startStory } from '@/sandbox/test/story'

const DAY = 86_400
let story: Awaited<ReturnType<typeof startStory>>

beforeEach(async () => {
  story = await startStory()
})

afterEach(() => story.stop())

async function payer(testMethod = 'pm_card_visa') {
  const { id } = await story.stripe.customers.create({
    email: 'ana@example.test',
    name: 'Ana',
    payment_method: testMethod,
    invoice_settings: { default_payment_method: testMethod },
  })
  return id
}

test('a country may be written out, wherever an address is', async () => {
  const { stripe } = story
  const address = { country: 'United States', line1: '1 Main St' }
  const shown = expect.objectContaining(address)
  const customer = await stripe.customers.create({ address, shipping: { name: 'Ana', address } })
  expect(customer).toMatchObject({ address: shown, shipping: { name: 'Ana', address: shown } })
  expect(await stripe.customers.update(customer.id, { address })).toMatchObject({ address: shown })
  const method = await stripe.paymentMethods.create({
    type: 'card',
    card: { token: 'tok_visa' },
    billing_details: { address },
  })
  expect(method.billing_details.address).toEqual(shown)
})

test('no line of an invoice names its subscription but in its parent', async () => {
  const { stripe, catalog, subscribe } = story
  const { customer, subscription, item } = await subscribe()
  await stripe.invoiceItems.create({ customer: customer.id, amount: 500, currency: 'usd' })
  await stripe.subscriptions.update(subscription.id, {
    items: [{ id: item, price: catalog.studioMonthly.id }],
  })
  const first = await stripe.invoices.retrieve(String(subscription.latest_invoice))
  const next = await stripe.invoices.createPreview({ subscription: subscription.id })
  const listed = await stripe.invoices.listLineItems(first.id)
  const lines = [...first.lines.data, ...next.lines.data, ...listed.data]
  expect(lines).toHaveLength(6)
  for (const line of lines) expect(line).not.toHaveProperty('subscription')
  expect(first.lines.data[0]?.parent?.subscription_item_details).toMatchObject({
    subscription: subscription.id,
  })
})

test('what discounts take off is a credit before taxes, of an invoice and of its lines', async () => {
  const { stripe, catalog } = story
  const coupon = async (percent_off: number) =>
    (await stripe.coupons.create({ percent_off, duration: 'forever' })).id
  const { discounts, latest_invoice } = await stripe.subscriptions.create({
    customer: await payer(),
    items: [{ price: catalog.proMonthly.id }],
    discounts: [{ coupon: await coupon(50) }, { coupon: await coupon(10) }],
    expand: ['latest_invoice'],
  })
  const invoice = latest_invoice as Stripe.Invoice
  const credits = [
    { amount: 950, discount: discounts[0], type: 'discount' },
    { amount: 95, discount: discounts[1], type: 'discount' },
  ]
  expect(invoice.total_pretax_credit_amounts).toEqual(credits)
  expect(invoice.lines.data[0]?.pretax_credit_amounts).toEqual(credits)
  const amounts = credits.map(({ amount, discount }) => ({ amount, discount }))
  expect(invoice.total_discount_amounts).toEqual(amounts)
})

test('a proration is an invoice item, and has no price for one', async () => {
  const { stripe, catalog, subscribe, advance } = story
  for (const proration_behavior of ['create_prorations', 'always_invoice'] as const) {
    const { customer, subscription, item } = await subscribe()
    await advance(10 * DAY)
    await stripe.subscriptions.update(subscription.id, {
      items: [{ id: item, price: catalog.studioMonthly.id }],
      proration_behavior,
    })
    const { data } = await stripe.invoiceItems.list({ customer: customer.id })
    expect(data).toHaveLength(2)
    for (const row of data) expect(row.pricing?.unit_amount_decimal).toBeNull()
    const { lines } =
      proration_behavior === 'always_invoice'
        ? await stripe.invoices.retrieve(
            String((await stripe.subscriptions.retrieve(subscription.id)).latest_invoice),
          )
        : await stripe.invoices.createPreview({ subscription: subscription.id })
    const prorated = lines.data.filter(({ parent }) => parent?.subscription_item_details?.proration)
    expect(
      prorated.map(({ parent }) => parent?.subscription_item_details?.invoice_item).sort(),
    ).toEqual(data.map(({ id }) => id).sort())
    for (const { parent, pricing } of prorated) {
      expect(parent?.subscription_item_details?.invoice_item).toMatch(/^ii_/)
      expect(pricing?.unit_amount_decimal).toBeNull()
    }
  }
})

test('a charge that took money has its balance transaction and its receipt; one that took none has neither', async () => {
  const { stripe, subscribe } = story
  const { customer } = await subscribe()
  const [charge] = (await stripe.charges.list({ customer: customer.id })).data
  expect(charge?.balance_transaction).toMatch(/^txn_/)
  expect(charge?.receipt_url).toMatch(/^http/)
  expect((await fetch(String(charge?.receipt_url))).status).toBe(200)
  const refused = { amount: 1000, currency: 'usd', confirm: true, return_url: 'http://app.test' }
  for (const payment_method of ['pm_card_chargeDeclined', 'pm_card_radarBlock'])
    await expect(
      stripe.paymentIntents.create({ ...refused, payment_method }),
    ).rejects.toMatchObject({ statusCode: 402 })
  const held = { ...refused, payment_method: 'pm_card_visa', capture_method: 'manual' } as const
  await stripe.paymentIntents.create(held)
  const others = (await stripe.charges.list({ limit: 3 })).data
  for (const { balance_transaction, receipt_url } of others)
    expect({ balance_transaction, receipt_url }).toEqual({
      balance_transaction: null,
      receipt_url: null,
    })
})

test('an open Checkout session shows the customer that it is for, and none when it is for none', async () => {
  const { stripe, catalog } = story
  const customer = await payer()
  const terms = {
    mode: 'subscription',
    line_items: [{ price: catalog.proMonthly.id, quantity: 1 }],
    success_url: 'http://app.test',
  } satisfies Stripe.Checkout.SessionCreateParams
  expect(await stripe.checkout.sessions.create({ ...terms, customer })).toMatchObject({
    status: 'open',
    customer_details: { email: 'ana@example.test', name: 'Ana', tax_exempt: 'none', tax_ids: null },
    collected_information: { business_name: null, individual_name: null, shipping_details: null },
  })
  expect(await stripe.checkout.sessions.create(terms)).toMatchObject({
    customer_details: null,
    collected_information: null,
  })
})

test('an item of an amount alone has a price and a product of its own', async () => {
  const { stripe } = story
  const customer = await payer()
  for (const amount of [500, -300]) {
    const item = await stripe.invoiceItems.create({ customer, amount, currency: 'usd' })
    expect(item.pricing).toMatchObject({
      type: 'price_details',
      price_details: {
        price: expect.stringMatching(/^price_/),
        product: expect.stringMatching(/^prod_/),
      },
    })
    expect(String(item.pricing?.unit_amount_decimal)).toBe(String(amount))
  }
})

test('a line of a trial is free for each, and says for how many of what', async () => {
  const { stripe } = story
  const trialLine = async (unit_label: string | undefined, quantity: number) => {
    const product = await stripe.products.create({
      name: 'Pro',
      ...(unit_label ? { unit_label } : {}),
    })
    const price = await stripe.prices.create({
      product: product.id,
      currency: 'usd',
      unit_amount: 1900,
      recurring: { interval: 'month' },
    })
    const { latest_invoice } = await stripe.subscriptions.create({
      customer: await payer(),
      items: [{ price: price.id, quantity }],
      trial_period_days: 7,
      expand: ['latest_invoice'],
    })
    const [line] = (latest_invoice as Stripe.Invoice).lines.data
    const unit = String(line?.pricing?.unit_amount_decimal)
    return [line?.description, line?.amount, unit, line?.quantity]
  }
  expect(await trialLine('user', 1)).toEqual(['Free trial for 1 user × Pro', 0, '0', 1])
  expect(await trialLine(undefined, 3)).toEqual(['Free trial for 3 × Pro', 0, '0', 3])
})
