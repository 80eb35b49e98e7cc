import type Stripe from 'stripe'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { startStory } from '@/sandbox/test/story'

const DAY = 86_400

let story: Awaited<ReturnType<typeof startStory>>

beforeEach(async () => {
  story = await startStory()
})

afterEach(() => story.stop())

type Tiers = Stripe.PriceCreateParams.Tier[]
type More = Partial<Stripe.PriceCreateParams.Recurring>

async function tiered(tiers_mode: 'graduated' | 'volume', tiers: Tiers, recurring: More = {}) {
  const { stripe } = story
  const product = await stripe.products.create({ name: 'Usage', unit_label: 'credit' })
  const price = await stripe.prices.create({
    product: product.id,
    currency: 'usd',
    recurring: { interval: 'month', ...recurring },
    billing_scheme: 'tiered',
    tiers_mode,
    tiers,
  })
  return price.id
}

async function subscribed(price: string, more: Partial<Stripe.SubscriptionCreateParams> = {}) {
  const { stripe } = story
  const { id: customer } = await stripe.customers.create({
    payment_method: 'pm_card_visa',
    invoice_settings: { default_payment_method: 'pm_card_visa' },
  })
  const quantity = more.items ? {} : { items: [{ price, quantity: 1031 }] }
  const subscription = await stripe.subscriptions.create({
    customer,
    items: [{ price }],
    ...quantity,
    ...more,
  })
  return { customer, subscription }
}

async function linesOf({ id }: Stripe.Subscription) {
  const { stripe } = story
  const [invoice] = (await stripe.invoices.list({ subscription: id, limit: 1 })).data
  if (!invoice) throw new Error('There is no invoice.')
  const lines = invoice.lines.data.map(({ amount, description, quantity, pricing }) => ({
    amount,
    description,
    quantity,
    unit: pricing?.unit_amount_decimal == null ? null : String(pricing.unit_amount_decimal),
  }))
  return { lines, total: invoice.total }
}

// As a graduated price was seen to be billed: its units, then what the tier asks at once.
const GRADUATED: Tiers = [
  { up_to: 1000, unit_amount: 0, flat_amount: 900 },
  { up_to: 'inf', unit_amount_decimal: 3.6 as unknown as Stripe.Decimal, flat_amount: 0 },
]

test('a graduated price makes a line for the units of each tier and one for its flat amount', async () => {
  const { subscription } = await subscribed(await tiered('graduated', GRADUATED))
  expect(await linesOf(subscription)).toEqual({
    total: 1012,
    lines: [
      line(0, '1000 credit × Usage (Tier 1 at $0.00 / month)', 1000, '0'),
      line(900, 'Usage (Tier 1 at $9.00 / month)', 0, null),
      line(112, '31 credit × Usage (Tier 2 at $0.036 / month)', 31, '3.6'),
      line(0, 'Usage (Tier 2 at $0.00 / month)', 0, null),
    ],
  })
})

test('a price by volume makes a line for the tier that all its units fall in', async () => {
  const price = await tiered('volume', [
    { up_to: 100, unit_amount: 50 },
    { up_to: 'inf', unit_amount: 20, flat_amount: 300 },
  ])
  const { subscription } = await subscribed(price, { items: [{ price, quantity: 7 }] })
  expect((await linesOf(subscription)).lines).toEqual([
    line(350, '7 credit × Usage (Tier 1 at $0.50 / month)', 7, '50'),
  ])
  const more = await subscribed(price, { items: [{ price, quantity: 101 }] })
  expect((await linesOf(more.subscription)).lines).toEqual([
    line(2020, '101 credit × Usage (Tier 2 at $0.20 / month)', 101, '20'),
    line(300, 'Usage (Tier 2 at $3.00 / month)', 0, null),
  ])
})

test('what a metered price asks at once is asked after the period, used or not, and never for a trial', async () => {
  const { stripe, advance } = story
  const meter = await stripe.billing.meters.create({
    display_name: 'Characters',
    event_name: 'characters',
    default_aggregation: { formula: 'sum' },
  })
  const price = await tiered(
    'graduated',
    [
      { up_to: 100_000, flat_amount: 999 },
      { up_to: 'inf', unit_amount_decimal: 0.02 as unknown as Stripe.Decimal },
    ],
    { usage_type: 'metered', meter: meter.id },
  )
  const { subscription } = await subscribed(price, { items: [{ price }] })
  const tried = await subscribed(price, { items: [{ price }], trial_period_days: 31 })
  const nothing = {
    total: 0,
    lines: [line(0, '0 credit × Usage (Tier 1 at $0.00 / month)', 0, '0')],
  }
  expect(await linesOf(subscription)).toEqual(nothing)
  await advance(32 * DAY)
  expect(await linesOf(subscription)).toEqual({
    total: 999,
    lines: [...nothing.lines, line(999, 'Usage (Tier 1 at $9.99 / month)', 0, null)],
  })
  expect(await linesOf(tried.subscription)).toEqual(nothing)
})

test('a part of a tiered period is credited and charged as one, and no more is given back than was paid', async () => {
  const { stripe, sandbox } = story
  const price = await tiered('graduated', GRADUATED)
  const { customer, subscription } = await subscribed(price, {
    billing_cycle_anchor: sandbox.clock.now() + 10 * DAY,
  })
  const first = await linesOf(subscription)
  const back = await stripe.invoices.createPreview({
    customer,
    subscription: subscription.id,
    subscription_details: { cancel_now: true },
  })
  expect(back.total).toBe(-first.total)
  expect(back.lines.data).toHaveLength(1)
})

function line(amount: number, description: string, quantity: number, unit: string | null) {
  return { amount, description, quantity, unit }
}
