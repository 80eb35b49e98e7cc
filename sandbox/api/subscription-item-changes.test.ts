import { afterEach, beforeEach, expect, test } from 'vitest'
import { startStory } from '@/sandbox/test/story'

const DAY = 86_400

let story: Awaited<ReturnType<typeof startStory>>

beforeEach(async () => {
  story = await startStory()
})

afterEach(() => story.stop())

test('a second item is prorated on the next invoice, and is reported as a change of the subscription', async () => {
  const { subscription } = await story.subscribe()
  await story.advance(15 * DAY)
  const before = await story.lastEvent()
  const added = await story.stripe.subscriptionItems.create({
    subscription: subscription.id,
    price: story.catalog.studioMonthly.id,
    quantity: 2,
    metadata: { team: 'blue' },
  })
  expect(added).toMatchObject({
    object: 'subscription_item',
    quantity: 2,
    metadata: { team: 'blue' },
    subscription: subscription.id,
  })
  const emitted = await story.eventsSince(before)
  expect(emitted.map(({ type }) => type).sort()).toEqual([
    'customer.subscription.updated',
    'invoiceitem.created',
  ])
  const update = emitted.find(({ type }) => type === 'customer.subscription.updated')
  expect(update?.data.object).toMatchObject({
    items: { data: [{}, { id: added.id, metadata: { team: 'blue' } }] },
  })
  expect(update?.data.previous_attributes).toMatchObject({ items: { data: [{}] } })
  const preview = await story.stripe.invoices.createPreview({ subscription: subscription.id })
  expect(preview.lines.data.map(({ description }) => description)).toContainEqual(
    expect.stringContaining('Remaining time on 2 × Studio'),
  )
})

test('an item that is taken away is credited, and is gone', async () => {
  const { subscription, item, start, end } = await story.subscribe()
  const added = await story.stripe.subscriptionItems.create({
    subscription: subscription.id,
    price: story.catalog.studioMonthly.id,
    proration_behavior: 'always_invoice',
  })
  await story.advance((end - start) / 2)
  expect(
    await story.stripe.subscriptionItems.del(added.id, { proration_behavior: 'always_invoice' }),
  ).toEqual(expect.objectContaining({ id: added.id, object: 'subscription_item', deleted: true }))
  const { items, latest_invoice } = await story.stripe.subscriptions.retrieve(subscription.id, {
    expand: ['latest_invoice'],
  })
  expect(items.data.map(({ id }) => id)).toEqual([item])
  expect(latest_invoice).toMatchObject({ status: 'paid', amount_due: 0, ending_balance: -2450 })
  await expect(story.stripe.subscriptionItems.retrieve(added.id)).rejects.toMatchObject({
    statusCode: 404,
  })
})

test('more seats that are charged at once are refused whole when the card refuses', async () => {
  const { customer, subscription, item } = await story.subscribe()
  await story.swapCard(customer.id, subscription.id, 'pm_card_chargeCustomerFail')
  await expect(
    story.stripe.subscriptionItems.update(item, {
      quantity: 5,
      proration_behavior: 'always_invoice',
      payment_behavior: 'error_if_incomplete',
    }),
  ).rejects.toMatchObject({ statusCode: 402 })
  expect(await story.stripe.subscriptionItems.retrieve(item)).toMatchObject({ quantity: 1 })
})

test('an item that waits for its payment is answered, and is not on the subscription yet', async () => {
  const { customer, subscription } = await story.subscribe()
  await story.swapCard(customer.id, subscription.id, 'pm_card_chargeCustomerFail')
  const added = await story.stripe.subscriptionItems.create({
    subscription: subscription.id,
    price: story.catalog.studioMonthly.id,
    proration_behavior: 'always_invoice',
    payment_behavior: 'pending_if_incomplete',
  })
  const { items, pending_update } = await story.stripe.subscriptions.retrieve(subscription.id)
  expect(items.data).toHaveLength(1)
  expect(pending_update?.subscription_items?.map(({ id }) => id)).toContain(added.id)
})

test('notes on an item leave a change alone that waits for its payment', async () => {
  const { customer, subscription, item } = await story.subscribe()
  await story.swapCard(customer.id, subscription.id, 'pm_card_chargeCustomerFail')
  await story.stripe.subscriptionItems.update(item, {
    quantity: 5,
    proration_behavior: 'always_invoice',
    payment_behavior: 'pending_if_incomplete',
  })
  const before = await story.lastEvent()
  expect(
    await story.stripe.subscriptionItems.update(item, { metadata: { team: 'red' } }),
  ).toMatchObject({ quantity: 1, metadata: { team: 'red' } })
  const { pending_update } = await story.stripe.subscriptions.retrieve(subscription.id)
  expect(pending_update?.subscription_items).toMatchObject([
    { id: item, quantity: 5, metadata: { team: 'red' } },
  ])
  const emitted = await story.eventsSince(before)
  expect(emitted.map(({ type }) => type)).toEqual(['customer.subscription.updated'])
})

test('the last item stays, what has ended is not changed, and what is no item is not found', async () => {
  const { stripe, catalog } = story
  const { subscription, item } = await story.subscribe()
  await expect(stripe.subscriptionItems.del(item)).rejects.toMatchObject({ statusCode: 400 })
  await expect(
    stripe.subscriptionItems.create({ subscription: subscription.id }),
  ).rejects.toMatchObject({ code: 'parameter_missing', param: 'price' })
  await expect(
    stripe.subscriptionItems.update(item, { price: 'price_none' }),
  ).rejects.toMatchObject({ statusCode: 400, param: 'price' })
  await expect(stripe.subscriptionItems.update('si_none', {})).rejects.toMatchObject({
    statusCode: 404,
  })
  await stripe.subscriptions.cancel(subscription.id)
  await expect(
    stripe.subscriptionItems.create({
      subscription: subscription.id,
      price: catalog.studioMonthly.id,
    }),
  ).rejects.toMatchObject({ statusCode: 400 })
})

test('what a schedule decides is not decided item by item', async () => {
  const { subscription, item } = await story.subscribe()
  await story.stripe.subscriptionSchedules.create({ from_subscription: subscription.id })
  await expect(story.stripe.subscriptionItems.update(item, { quantity: 2 })).rejects.toMatchObject({
    statusCode: 400,
    param: 'items',
  })
})

test('an item of a customer on a test clock is prorated by that clock', async () => {
  const { stripe, catalog } = story
  const start = 1_800_000_000
  const clock = await stripe.testHelpers.testClocks.create({ frozen_time: start })
  const customer = await stripe.customers.create({ test_clock: clock.id })
  const card = await stripe.paymentMethods.attach('pm_card_visa', { customer: customer.id })
  const made = await stripe.subscriptions.create({
    customer: customer.id,
    items: [{ price: catalog.proMonthly.id }],
    default_payment_method: card.id,
  })
  const before = await story.lastEvent()
  await stripe.subscriptionItems.update(made.items.data[0]?.id ?? '', { quantity: 2 })
  const emitted = await story.eventsSince(before)
  const pending = emitted.find(({ type }) => type === 'invoiceitem.created')
  expect(pending).toMatchObject({ created: start, data: { object: { date: start } } })
})
