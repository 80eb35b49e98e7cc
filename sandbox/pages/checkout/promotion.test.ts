import { afterEach, beforeEach, expect, test } from 'vitest'
import { openSandbox } from '@/sandbox/test/pages/opened-sandbox'

let shop: Awaited<ReturnType<typeof openSandbox>>

beforeEach(async () => {
  shop = await openSandbox()
})

afterEach(() => shop.stop())

test('a buyer types a promotion code, sees what it saves, and can take it off', async () => {
  const { stripe, prices, visit } = shop
  const coupon = await stripe.coupons.create({ percent_off: 20, duration: 'forever' })
  await stripe.promotionCodes.create({
    promotion: { type: 'coupon', coupon: coupon.id },
    code: 'FALL20',
  })
  const { id, url } = await stripe.checkout.sessions.create({
    mode: 'subscription',
    line_items: [{ price: prices.pro, quantity: 1 }],
    allow_promotion_codes: true,
    success_url: 'http://x.test/',
  })
  const type = (code: string) =>
    visit(`/c/pay/${id}/promotion`, { method: 'POST', body: new URLSearchParams({ code }) })
  const wrong = await type('nope')
  expect(wrong.status).toBe(422)
  expect(wrong.facts.alerts).toEqual(['This code is invalid.'])
  expect((await type('fall20')).location).toBe(`/c/pay/${id}`)
  const discounted = await visit(url ?? '')
  expect(discounted.facts.text).toContain('FALL20 20% off every invoice −$3.80')
  expect(discounted.facts.text).toContain('Renews at $15.20')
  expect(discounted.facts.buttons).toContain('Remove FALL20')
  await type('')
  expect((await stripe.checkout.sessions.retrieve(id)).amount_total).toBe(1900)
})

test.each([
  [{ duration: 'once' }, {}, 'Renews at $19.00 per month, until you cancel'],
  [{ duration: 'forever' }, {}, 'Renews at $15.20 per month, until you cancel'],
  [
    { duration: 'repeating', duration_in_months: 3 },
    {},
    /Renews at \$15\.20 per month until \w+ \d+, \d{4}, then at \$19\.00 per month/,
  ],
  [{ duration: 'repeating', duration_in_months: 1 }, {}, 'Renews at $19.00 per month, until'],
  [
    { duration: 'once' },
    { trial_period_days: 14 },
    /Then at \$15\.20 per month until \w+ \d+, \d{4}, then at \$19\.00 per month/,
  ],
  [{ duration: 'forever' }, { trial_period_days: 14 }, 'Then $15.20 per month, until you cancel'],
] as const)('Checkout says what renewals will charge: %j %j', async (lasting, data, words) => {
  const { stripe, prices, visit } = shop
  const { id } = await stripe.coupons.create({ percent_off: 20, ...lasting })
  const session = await stripe.checkout.sessions.create({
    mode: 'subscription',
    line_items: [{ price: prices.pro, quantity: 1 }],
    discounts: [{ coupon: id }],
    subscription_data: data,
    success_url: 'http://x.test/',
  })
  const { text } = (await visit(session.url ?? '')).facts
  if (typeof words === 'string') expect(text).toContain(words)
  else expect(text).toMatch(words)
})

test('an amount off is taken from what recurs once what was bought beside it is paid', async () => {
  const { stripe, prices, visit } = shop
  const off = await stripe.coupons.create({ amount_off: 500, currency: 'usd', duration: 'forever' })
  const meter = await stripe.billing.meters.create({
    display_name: 'Calls',
    event_name: 'call',
    default_aggregation: { formula: 'sum' },
  })
  const used = await stripe.prices.create({
    product_data: { name: 'Calls' },
    currency: 'usd',
    unit_amount: 3,
    recurring: { interval: 'month', usage_type: 'metered', meter: meter.id },
  })
  const setup = { currency: 'usd', unit_amount: 3100, product_data: { name: 'Setup' } }
  const session = await stripe.checkout.sessions.create({
    mode: 'subscription',
    line_items: [
      { price: prices.pro, quantity: 1 },
      { price: used.id },
      { price_data: setup, quantity: 1 },
    ],
    discounts: [{ coupon: off.id }],
    success_url: 'http://x.test/',
  })
  const { text } = (await visit(session.url ?? '')).facts
  expect(text).toContain('Renews at $14.00 per month plus what you use, until you cancel')
  expect(text).toContain('Calls Billed by use per month Billed later')
})
