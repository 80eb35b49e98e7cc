import { afterEach, beforeEach, expect, test } from 'vitest'
import { startWorld } from '@/sandbox/test/world'

let world: Awaited<ReturnType<typeof startWorld>>

beforeEach(async () => {
  world = await startWorld()
})

afterEach(() => world.stop())

test('a card is saved for a customer without a charge', async () => {
  const { stripe } = world
  const { id: customer } = await stripe.customers.create()
  const intent = await stripe.setupIntents.create({ customer, usage: 'off_session' })
  expect(intent).toMatchObject({ status: 'requires_payment_method', usage: 'off_session' })
  const done = await stripe.setupIntents.confirm(intent.id, { payment_method: 'pm_card_visa' })
  expect(done).toMatchObject({ status: 'succeeded', next_action: null })
  const { data } = await stripe.customers.listPaymentMethods(customer)
  expect(data.map(({ id }) => id)).toEqual([done.payment_method])
  const events = (await stripe.events.list({ types: ['setup_intent.*'] })).data
  expect(events.map(({ type }) => type)).toEqual(['setup_intent.succeeded', 'setup_intent.created'])
  await expect(stripe.setupIntents.cancel(intent.id)).rejects.toMatchObject({
    code: 'setup_intent_unexpected_state',
  })
})

test('a setup intent whose bank asks waits for the cardholder, and can be canceled', async () => {
  const { stripe } = world
  const { id: customer } = await stripe.customers.create()
  const asked = await stripe.setupIntents.create({
    customer,
    payment_method: 'pm_card_authenticationRequired',
    confirm: true,
  })
  expect(asked).toMatchObject({
    status: 'requires_action',
    next_action: { type: 'use_stripe_sdk' },
  })
  expect(await stripe.setupIntents.cancel(asked.id)).toMatchObject({
    status: 'canceled',
    next_action: null,
  })
})

test("a card that refuses to be saved answers 402, and another customer's card is refused", async () => {
  const { stripe } = world
  const { id: customer } = await stripe.customers.create()
  const { id: other } = await stripe.customers.create()
  const card = await stripe.paymentMethods.attach('pm_card_visa', { customer: other })
  const intent = await stripe.setupIntents.create({ customer })
  await expect(
    stripe.setupIntents.confirm(intent.id, { payment_method: 'pm_card_chargeDeclined' }),
  ).rejects.toMatchObject({ statusCode: 402, code: 'card_declined' })
  await expect(
    stripe.setupIntents.confirm(intent.id, { payment_method: card.id }),
  ).rejects.toMatchObject({ param: 'payment_method' })
  await expect(stripe.setupIntents.confirm(intent.id)).rejects.toMatchObject({
    param: 'payment_method',
  })
})
