import { afterEach, beforeEach, expect, test } from 'vitest'
import { startStory } from '@/sandbox/test/story'
import { dueAfterBalance } from './minimum-charge'

let story: Awaited<ReturnType<typeof startStory>>

beforeEach(async () => {
  story = await startStory()
})

afterEach(() => story.stop())

test.each([
  ['usd', 20, 0, { due: 0, ending: 20 }],
  ['usd', 49, 0, { due: 0, ending: 49 }],
  ['usd', 50, 0, { due: 50, ending: 0 }],
  ['usd', 20, 15, { due: 0, ending: 35 }],
  ['usd', 20, 30, { due: 50, ending: 0 }],
  ['usd', 1_900, 20, { due: 1_920, ending: 0 }],
  ['usd', 120, -100, { due: 0, ending: 20 }],
  ['usd', -300, 20, { due: 0, ending: -280 }],
  ['usd', 0, 0, { due: 0, ending: 0 }],
  ['jpy', 49, 0, { due: 0, ending: 49 }],
  ['huf', 17_400, 0, { due: 0, ending: 17_400 }],
  ['kwd', 20, 0, { due: 20, ending: 0 }],
])('in %s %i beside a balance of %i', (currency, total, balance, becomes) => {
  expect(dueAfterBalance({ total, currency }, balance)).toEqual(becomes)
})

test('an amount that is too little to be charged is owed with the next invoice, and previewed so', async () => {
  const { stripe, catalog } = story
  const { id: customer } = await stripe.customers.create({ name: 'Ana' })
  const { id: method } = await stripe.paymentMethods.attach('pm_card_visa', { customer })
  await stripe.customers.update(customer, {
    invoice_settings: { default_payment_method: method },
  })
  const { id: coupon } = await stripe.coupons.create({
    ...{ amount_off: 1_880, currency: 'usd', duration: 'once' },
  })
  const begun = await stripe.subscriptions.create({
    ...{ customer, items: [{ price: catalog.proMonthly.id }], discounts: [{ coupon }] },
    expand: ['latest_invoice'],
  })
  expect(begun).toMatchObject({
    status: 'active',
    latest_invoice: {
      status: 'paid',
      total: 20,
      amount_due: 0,
      amount_paid: 0,
      ending_balance: 20,
    },
  })
  expect(await stripe.customers.retrieve(customer)).toMatchObject({ balance: 20 })
  expect(await stripe.invoices.createPreview({ subscription: begun.id })).toMatchObject({
    ...{ total: 1_900, amount_due: 1_920, starting_balance: 20, ending_balance: 0 },
  })
})
