import { afterEach, beforeEach, expect, test } from 'vitest'
import { startStory } from '@/sandbox/test/story'

let story: Awaited<ReturnType<typeof startStory>>

beforeEach(async () => {
  story = await startStory()
})

afterEach(() => story.stop())

test('a customer that comes with a card can be charged at once', async () => {
  const { stripe, catalog } = story
  const customer = await stripe.customers.create({
    payment_method: 'pm_card_visa',
    invoice_settings: { default_payment_method: 'pm_card_visa' },
  })
  const [card] = (await stripe.customers.listPaymentMethods(customer.id)).data
  expect(customer.invoice_settings.default_payment_method).toBe(card?.id)
  const types = (await stripe.events.list()).data.map(({ type }) => type)
  expect(types).toEqual(expect.arrayContaining(['customer.created', 'payment_method.attached']))
  expect(
    await stripe.subscriptions.create({
      customer: customer.id,
      items: [{ price: catalog.proMonthly.id }],
    }),
  ).toMatchObject({ status: 'active' })
})

test('a customer is not made when its card cannot be saved, or is not its own', async () => {
  const { stripe } = story
  await expect(
    stripe.customers.create({ payment_method: 'pm_card_chargeDeclined' }),
  ).rejects.toMatchObject({ statusCode: 402 })
  await expect(stripe.customers.create({ payment_method: 'pm_none' })).rejects.toMatchObject({
    statusCode: 400,
    param: 'payment_method',
  })
  const { customer } = await story.subscribe()
  const [theirs] = (await stripe.customers.listPaymentMethods(customer.id)).data
  const payment_method = theirs?.id ?? ''
  await expect(stripe.customers.create({ payment_method })).rejects.toMatchObject({
    code: 'payment_method_already_attached',
  })
  await expect(
    stripe.customers.create({ invoice_settings: { default_payment_method: payment_method } }),
  ).rejects.toMatchObject({ param: 'invoice_settings[default_payment_method]' })
  expect((await stripe.customers.list()).data).toHaveLength(1)
})
