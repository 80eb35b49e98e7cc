import { afterAll, beforeAll, expect, test } from 'vitest'
import { openSandbox } from '@/sandbox/test/pages/opened-sandbox'

let shop: Awaited<ReturnType<typeof openSandbox>>

beforeAll(async () => {
  shop = await openSandbox()
})

afterAll(() => shop.stop())

/** A customer with a card and no subscription, in the portal. */
async function cardholder() {
  const { path, customer, subscription } = await shop.portal()
  const { data } = await shop.stripe.paymentMethods.list({ customer })
  await shop.stripe.subscriptions.cancel(subscription)
  await shop.stripe.customers.update(customer, {
    invoice_settings: { default_payment_method: data[0]?.id ?? '' },
  })
  return { path, customer }
}

test('a price of tiers or of packs is shown at what so many cost, not at so many times the first', async () => {
  const { stripe } = shop
  const { path, customer } = await cardholder()
  const product = await stripe.products.create({ name: 'Seats' })
  const tiers = [
    { up_to: 5, unit_amount: 1000, flat_amount: 500 },
    { up_to: 'inf' as const, unit_amount: 600 },
  ]
  const common = { product: product.id, currency: 'usd', recurring: { interval: 'month' } } as const
  const graduated = { billing_scheme: 'tiered', tiers_mode: 'graduated', tiers } as const
  const prices = [
    await stripe.prices.create({ ...common, ...graduated }),
    await stripe.prices.create({ ...common, ...graduated, tiers_mode: 'volume' }),
    await stripe.prices.create({
      ...common,
      unit_amount: 700,
      transform_quantity: { divide_by: 5, round: 'up' },
    }),
  ]
  // 5 × $10 + $5 + 3 × $6; 8 × $6; two packs at $7.
  for (const [nth, shown] of ['$73.00', '$48.00', '$14.00'].entries()) {
    const price = prices[nth]?.id ?? ''
    const made = await stripe.subscriptions.create({ customer, items: [{ price, quantity: 8 }] })
    const { text } = (await shop.visit(path)).facts
    expect(text).toContain(`Seats × 8 Active ${shown} per month`)
    expect(text).toContain(`at ${shown}`)
    await stripe.subscriptions.cancel(made.id)
  }
})

test('a price by use is shown as one', async () => {
  const { stripe } = shop
  const { path, customer } = await cardholder()
  const meter = await stripe.billing.meters.create({
    display_name: 'Calls',
    event_name: 'call',
    default_aggregation: { formula: 'sum' },
  })
  const price = await stripe.prices.create({
    product_data: { name: 'Calls' },
    currency: 'usd',
    unit_amount: 3,
    recurring: { interval: 'month', usage_type: 'metered', meter: meter.id },
  })
  await stripe.subscriptions.create({ customer, items: [{ price: price.id }] })
  expect((await shop.visit(path)).facts.text).toContain('Billed per month by what you use')
})

test('wherever the portal says what is charged next, a discount is taken off', async () => {
  const { stripe } = shop
  const { path, subscription } = await shop.portal()
  const coupon = await stripe.coupons.create({ percent_off: 20, duration: 'forever' })
  await stripe.subscriptions.update(subscription, { discounts: [{ coupon: coupon.id }] })
  const home = (await shop.visit(path)).facts.text
  expect(home).toContain('$19.00 per month 20% off Renews on')
  expect(home).toContain('at $15.20')
  const page = `${path}/subscriptions/${subscription}`
  expect((await shop.visit(`${page}/cancel`)).facts.text).toContain('at $15.20')
  const studio = await shop.visit(`${page}/update/confirm?price=${shop.prices.studio}`)
  expect(studio.facts.text).toMatch(/Amount due today \$20\.20 Then on .*? \$39\.20/)
  const shorter = (price: string) => shop.send(`${page}/update/confirm`, { price, quantity: '1' })
  await shorter(shop.prices.proYearly)
  const back = await shop.visit(`${page}/update/confirm?price=${shop.prices.pro}`)
  expect(back.facts.text).toMatch(/Amount due today \$0\.00 Then on .*? \$15\.20/)
  await shorter(shop.prices.pro)
  expect((await shop.visit(path)).facts.text).toMatch(
    /Changes to Pro, \$19\.00 per month, on .* at \$15\.20\./,
  )
})
