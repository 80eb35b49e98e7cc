import type Stripe from 'stripe'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { startStory } from '@/sandbox/test/story'

const HOUR = 3600
const DAY = 24 * HOUR

let story: Awaited<ReturnType<typeof startStory>>

beforeEach(async () => {
  story = await startStory()
})

afterEach(() => story.stop())

test('a price by tiers costs what its tiers say, graduated or by volume', async () => {
  const { stripe, catalog } = story
  const tiers = [
    { up_to: 5, unit_amount: 100, flat_amount: 1000 },
    { up_to: 'inf' as const, unit_amount: 50 },
  ]
  for (const [tiers_mode, total] of [
    ['graduated', 1000 + 5 * 100 + 3 * 50],
    ['volume', 8 * 50],
  ] as const) {
    const { id: price } = await stripe.prices.create({
      product: catalog.pro.id,
      currency: 'usd',
      recurring: { interval: 'month' },
      billing_scheme: 'tiered',
      tiers_mode,
      tiers,
    })
    const customer = await payer()
    const invoice = await firstInvoice({ customer, items: [{ price, quantity: 8 }] })
    expect(invoice.total).toBe(total)
    const shown = await stripe.prices.retrieve(price, { expand: ['tiers'] })
    expect(shown.tiers).toMatchObject([{ up_to: 5, flat_amount: 1000 }, { up_to: null }])
    expect(await stripe.prices.retrieve(price)).not.toHaveProperty('tiers')
  }
})

test('a price has other amounts in other currencies', async () => {
  const { id: price } = await story.stripe.prices.create({
    product: story.catalog.pro.id,
    currency: 'usd',
    unit_amount: 1000,
    recurring: { interval: 'month' },
    currency_options: { eur: { unit_amount: 900 } },
  })
  const customer = await payer()
  const invoice = await firstInvoice({ customer, items: [{ price }], currency: 'eur' })
  expect(invoice).toMatchObject({ currency: 'eur', total: 900 })
  expect(invoice.lines.data[0]).toMatchObject({ currency: 'eur', amount: 900 })
})

test('what is used of a meter is billed with the renewal, and with the end', async () => {
  const { stripe, catalog, sandbox, advance } = story
  const meter = await stripe.billing.meters.create({
    display_name: 'Calls',
    event_name: 'calls',
    default_aggregation: { formula: 'sum' },
  })
  const { id: price } = await stripe.prices.create({
    product: catalog.pro.id,
    currency: 'usd',
    unit_amount: 10,
    recurring: { interval: 'month', usage_type: 'metered', meter: meter.id },
  })
  const customer = await payer()
  const { id, items } = await stripe.subscriptions.create({ customer, items: [{ price }] })
  expect(items.data[0]).not.toHaveProperty('quantity')
  const use = (value: string) =>
    stripe.billing.meterEvents.create({
      event_name: 'calls',
      payload: { stripe_customer_id: customer, value },
      timestamp: sandbox.clock.now(),
    })
  await use('7')
  await use('5')
  expect((await stripe.invoices.createPreview({ subscription: id })).total).toBe(120)
  await advance(31 * DAY + 2 * HOUR)
  const renewal = await latest(id)
  expect(renewal).toMatchObject({ status: 'paid', total: 120 })
  expect(renewal.lines.data[0]).toMatchObject({ quantity: 12 })
  await use('3')
  await stripe.subscriptions.update(id, { cancel_at_period_end: true })
  await advance(32 * DAY)
  expect(await stripe.subscriptions.retrieve(id)).toMatchObject({ status: 'canceled' })
  expect(await latest(id)).toMatchObject({ total: 30 })
})

test('an invoice that is sent leaves the subscription active until its day has passed', async () => {
  const { stripe, catalog, advance } = story
  const { id: customer } = await stripe.customers.create({ email: 'ana@example.test' })
  const { id, status } = await stripe.subscriptions.create({
    customer,
    items: [{ price: catalog.proMonthly.id }],
    collection_method: 'send_invoice',
    days_until_due: 7,
  })
  expect(status).toBe('active')
  expect(await latest(id)).toMatchObject({ status: 'draft', collection_method: 'send_invoice' })
  await advance(2 * HOUR)
  expect(await latest(id)).toMatchObject({ status: 'open', attempt_count: 0 })
  expect((await stripe.events.list({ type: 'invoice.sent' })).data).toHaveLength(1)
  await advance(8 * DAY)
  expect(await stripe.subscriptions.retrieve(id)).toMatchObject({ status: 'past_due' })
  await stripe.invoices.pay((await latest(id)).id, { paid_out_of_band: true })
  expect(await stripe.subscriptions.retrieve(id)).toMatchObject({ status: 'active' })
  await expect(
    stripe.subscriptions.create({
      customer,
      items: [{ price: catalog.proMonthly.id }],
      collection_method: 'send_invoice',
    }),
  ).rejects.toMatchObject({ param: 'days_until_due' })
})

test('a cycle begins on the day that is asked for, and the days before are charged in part', async () => {
  const { stripe, catalog, sandbox } = story
  const anchor = sandbox.clock.now() + 10 * DAY
  const customer = await payer()
  const { id, created } = await stripe.subscriptions.create({
    customer,
    items: [{ price: catalog.proMonthly.id }],
    billing_cycle_anchor: anchor,
  })
  const first = await latest(id)
  expect(first.total).toBeGreaterThan(Math.floor((1900 * 10) / 31) - 1)
  expect(first.total).toBeLessThan(Math.ceil((1900 * 10) / 28) + 1)
  expect(first.lines.data[0]?.period).toEqual({ start: created, end: anchor })
  const credit = await stripe.invoices.createPreview({
    subscription: id,
    subscription_details: { cancel_now: true },
  })
  expect(credit.total).toBe(-first.total)
  const none = await firstInvoice({
    customer,
    items: [{ price: catalog.proMonthly.id }],
    billing_cycle_anchor: anchor,
    proration_behavior: 'none',
  })
  expect(none.total).toBe(0)
  await expect(
    stripe.subscriptions.create({
      customer,
      items: [{ price: catalog.proMonthly.id }],
      billing_cycle_anchor: anchor + 30 * DAY,
    }),
  ).rejects.toMatchObject({ param: 'billing_cycle_anchor' })
})

test('a subscription that counts from an earlier day is charged for it', async () => {
  const { catalog, sandbox } = story
  const customer = await payer()
  const start = sandbox.clock.now() - 31 * DAY
  const invoice = await firstInvoice({
    customer,
    items: [{ price: catalog.proMonthly.id }],
    backdate_start_date: start,
  })
  expect(invoice.lines.data).toHaveLength(2)
  expect(invoice.total).toBeGreaterThan(1900 + 1899)
})

test('more is put on the first invoice, at prices that are made for it', async () => {
  const { stripe, catalog } = story
  const customer = await payer()
  const invoice = await firstInvoice({
    customer,
    items: [
      {
        price_data: {
          currency: 'usd',
          product: catalog.pro.id,
          unit_amount: 4200,
          recurring: { interval: 'month' },
        },
        metadata: { seat: 'one' },
      },
    ],
    add_invoice_items: [
      { price_data: { currency: 'usd', product: catalog.studio.id, unit_amount: 900 } },
    ],
  })
  expect(invoice).toMatchObject({ total: 5100, amount_paid: 5100 })
  const { data } = await stripe.subscriptions.list({ customer })
  expect(data[0]?.items.data[0]).toMatchObject({ metadata: { seat: 'one' } })
})

async function payer(): Promise<string> {
  const { id } = await story.stripe.customers.create({
    payment_method: 'pm_card_visa',
    invoice_settings: { default_payment_method: 'pm_card_visa' },
  })
  return id
}

async function firstInvoice(asked: Stripe.SubscriptionCreateParams): Promise<Stripe.Invoice> {
  return latest((await story.stripe.subscriptions.create(asked)).id)
}

async function latest(subscription: string): Promise<Stripe.Invoice> {
  const { latest_invoice } = await story.stripe.subscriptions.retrieve(subscription, {
    expand: ['latest_invoice'],
  })
  return latest_invoice as Stripe.Invoice
}
