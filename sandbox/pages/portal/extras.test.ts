import { afterAll, beforeAll, expect, test } from 'vitest'
import { card, openSandbox } from '@/sandbox/test/pages/opened-sandbox'

let shop: Awaited<ReturnType<typeof openSandbox>>
beforeAll(async () => {
  shop = await openSandbox()
  const { stripe, prices, configuration } = shop
  const price = await stripe.prices.retrieve(prices.pro)
  await stripe.billingPortal.configurations.update(configuration, {
    features: {
      customer_update: { enabled: true, allowed_updates: ['email', 'tax_id'] },
      subscription_update: {
        enabled: true,
        default_allowed_updates: ['price', 'quantity'],
        proration_behavior: 'always_invoice',
        products: [
          {
            product: String(price.product),
            prices: [prices.pro, prices.proYearly],
            adjustable_quantity: { enabled: true, minimum: 1, maximum: 5 },
          },
        ],
      },
    },
  })
})
afterAll(() => shop.stop())

test('a subscriber changes how many they pay for, and sees what it costs first', async () => {
  const { path, subscription } = await shop.portal()
  const confirm = `${path}/subscriptions/${subscription}/update/confirm`
  const asked = `${confirm}?price=${shop.prices.pro}&quantity=3`
  expect((await shop.visit(asked)).facts.text).toContain('$57.00 per month')
  const made = await shop.send(confirm, { price: shop.prices.pro, quantity: '3' })
  expect(made.status).toBe(303)
  const { items } = await shop.stripe.subscriptions.retrieve(subscription)
  expect(items.data[0]?.quantity).toBe(3)
  const again = await shop.visit(confirm.replace('/confirm', ''))
  expect(again.facts.text).toContain('You are on Pro × 3, $57.00 per month.')
  const refused = await shop.send(confirm, { price: shop.prices.pro, quantity: '9' })
  expect([refused.status, refused.facts.alerts]).toEqual([
    422,
    ['Choose one of the quantities that are offered.'],
  ])
})

test('a business notes its tax ID, and takes it back', async () => {
  const { path, customer } = await shop.portal()
  const form = { type: 'eu_vat', value: 'nonsense' }
  expect((await shop.send(`${path}/tax-ids`, form)).status).toBe(422)
  await shop.send(`${path}/tax-ids`, { ...form, value: 'DE123456789' })
  const { data } = await shop.stripe.customers.listTaxIds(customer)
  expect(data.map(({ value }) => value)).toEqual(['DE123456789'])
  expect((await shop.visit(path)).facts.buttons).toContain('Remove DE123456789')
  await shop.send(`${path}/tax-ids`, { remove: data[0]?.id ?? '' })
  expect((await shop.stripe.customers.listTaxIds(customer)).data).toEqual([])
})

test('a business says at Checkout by which number it is taxed, and owes the tax itself', async () => {
  const { path, customer } = await shop.checkout({
    automatic_tax: { enabled: true },
    tax_id_collection: { enabled: true },
    customer_update: { address: 'auto', name: 'auto' },
  })
  const form = { ...card('4242 4242 4242 4242'), country: 'DE', tax_id_type: 'eu_vat' }
  const wrong = await shop.send(path, { ...form, tax_id: 'nonsense' })
  expect([wrong.status, wrong.facts.alerts]).toEqual([422, ['This tax ID is not valid.']])
  await shop.send(path, { ...form, tax_id: 'DE123456789' })
  const { data } = await shop.stripe.invoices.list({ customer })
  expect(data[0]).toMatchObject({
    status: 'paid',
    total_taxes: [{ amount: 0, taxability_reason: 'reverse_charge' }],
    customer_tax_ids: [{ type: 'eu_vat', value: 'DE123456789' }],
  })
})

test('the next renewal is shown with its discount and with the credit that it uses', async () => {
  const { path, customer, subscription } = await shop.portal()
  expect((await shop.visit(path)).facts.text).toContain('at $19.00')
  const coupon = await shop.stripe.coupons.create({ percent_off: 50, duration: 'forever' })
  await shop.stripe.subscriptions.update(subscription, { discounts: [{ coupon: coupon.id }] })
  await shop.stripe.customers.createBalanceTransaction(customer, { amount: -300, currency: 'usd' })
  expect((await shop.visit(path)).facts.text).toContain('at $6.50, after $3.00 of credit')
})
