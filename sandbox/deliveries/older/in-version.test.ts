import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { startStory } from '@/sandbox/test/story'
import { startReceiver } from '@/sandbox/test/world'

const HOUR = 3600
const OLD = '2024-06-20'

let story: Awaited<ReturnType<typeof startStory>>
let receiver: Awaited<ReturnType<typeof startReceiver>>

beforeEach(async () => {
  story = await startStory()
  receiver = await startReceiver()
})

afterEach(async () => {
  await story.stop()
  await receiver.stop()
})

describe('an endpoint of 2024', () => {
  test('reads the period on the subscription, and what it was before', async () => {
    await listen(OLD)
    const { end } = await renewed()
    const event = await received('customer.subscription.updated')
    expect(event.api_version).toBe(OLD)
    const { object, previous_attributes: previous } = event.data
    expect(object).toMatchObject({ quantity: 1, discount: null, plan: { amount: 1900 } })
    expect(object.current_period_start).toBe(end)
    expect(previous).toMatchObject({ current_period_end: end })
    expect(object.items.data[0]).not.toHaveProperty('current_period_end')
    for (const key of ['billing_mode', 'billing_schedules', 'status_details'])
      expect(object).not.toHaveProperty(key)
  })

  test('reads the subscription, the payment intent and the prices on the invoice', async () => {
    await listen(OLD)
    const { subscription } = await renewed()
    const { object } = (await received('invoice.paid')).data
    const [payment] = (await story.stripe.invoicePayments.list({ invoice: object.id })).data
    expect(object).toMatchObject({
      subscription,
      paid: true,
      tax: null,
      payment_intent: payment?.payment.payment_intent,
      charge: expect.stringMatching(/^ch_/),
      subscription_details: { metadata: {} },
    })
    expect(object.lines.data[0]).toMatchObject({
      type: 'subscription',
      proration: false,
      subscription,
      price: { id: story.catalog.proMonthly.id, unit_amount: 1900 },
    })
    for (const key of ['parent', 'total_taxes', 'payments']) expect(object).not.toHaveProperty(key)
    expect((await received('charge.succeeded')).data.object.invoice).toBe(object.id)
    expect((await received('payment_intent.succeeded')).data.object.invoice).toBe(object.id)
  })

  test('reads the coupon in the discount', async () => {
    await listen(OLD)
    const { subscription } = await story.subscribe()
    const coupon = await story.stripe.coupons.create({ percent_off: 10, duration: 'forever' })
    await story.stripe.subscriptions.update(subscription.id, { discounts: [{ coupon: coupon.id }] })
    const { object } = (await received('customer.subscription.updated')).data
    expect(object.discount).toMatchObject({ coupon: { id: coupon.id, percent_off: 10 } })
    expect(object.discount).not.toHaveProperty('source')
  })
})

test('an endpoint of a basil version has the new places, and not yet what came after', async () => {
  await listen('2025-08-27.basil')
  await renewed()
  const { object } = (await received('customer.subscription.updated')).data
  expect(object.items.data[0]).toHaveProperty('current_period_end')
  expect(object).not.toHaveProperty('current_period_end')
  expect(object.items.data[0]).not.toHaveProperty('current_trial')
  expect((await received('invoice.paid')).data.object.parent).toMatchObject({
    type: 'subscription_details',
  })
  expect((await received('checkout.session.completed')).data.object.ui_mode).toBe('hosted')
})

test('chaos can age what every endpoint gets; the API and the list of events stay as they are', async () => {
  await listen(null)
  const chaos = (change: object) =>
    fetch(`${story.url}/_sandbox/chaos`, { method: 'POST', body: JSON.stringify(change) })
  expect((await chaos({ api_version: '2019-01-01' })).status).toBe(400)
  expect((await chaos({ api_version: OLD })).status).toBe(200)
  await story.subscribe()
  const event = await received('invoice.paid')
  expect(event).toMatchObject({ api_version: OLD, data: { object: { paid: true } } })
  const listed = await story.stripe.events.retrieve(event.id)
  expect(listed.api_version).toBe('2026-10-28.endive')
  expect(listed.data.object).toHaveProperty('parent')
})

function listen(api_version: string | null) {
  return story.stripe.webhookEndpoints.create({
    url: receiver.url,
    enabled_events: ['*'],
    // The SDK's type knows its own version alone.
    ...(api_version === null ? {} : { api_version: api_version as '2026-10-28.endive' }),
  })
}

async function renewed() {
  const { subscription, end } = await story.subscribe()
  await story.advance(end - subscription.created + HOUR + 60)
  return { subscription: subscription.id, end }
}

/** The newest delivery of this type, as plain data, once nothing is on its way. */
async function received(type: string) {
  const pending = async () =>
    (await (await fetch(`${story.url}/_sandbox/deliveries`)).json()).pending
  await expect.poll(pending).toBe(0)
  const events = receiver.received.map(({ body }) => JSON.parse(body))
  return events.filter((event) => event.type === type).sort((a, b) => b.created - a.created)[0]
}
