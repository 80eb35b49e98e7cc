import type Stripe from 'stripe'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { startStory } from '@/sandbox/test/story'

const DAY = 86_400

let story: Awaited<ReturnType<typeof startStory>>

beforeEach(async () => {
  story = await startStory()
})

afterEach(() => story.stop())

test('at the boundary the period moves on and a draft is made; an hour later it is paid', async () => {
  const { stripe, subscribe, advance, lastEvent, eventsSince } = story
  const { subscription, item, end } = await subscribe()
  const before = await lastEvent()
  await advance(end - subscription.created + 60)
  const moved = await stripe.subscriptions.retrieve(subscription.id, { expand: ['latest_invoice'] })
  expect(moved.items.data[0]?.current_period_start).toBe(end)
  expect(moved.latest_invoice).toMatchObject({
    status: 'draft',
    billing_reason: 'subscription_cycle',
    created: end,
  })
  const boundary = await eventsSince(before)
  expect(boundary.map(({ type }) => type)).toEqual([
    'customer.subscription.updated',
    'invoice.created',
  ])
  expect(boundary[0]).toMatchObject({ created: end, request: { id: null, idempotency_key: null } })
  expect(boundary[0]?.data.previous_attributes).toEqual({
    items: { data: [expect.objectContaining({ id: item, current_period_end: end })] },
    latest_invoice: subscription.latest_invoice,
  })
  await advance(3600)
  expect((await eventsSince(boundary[1]?.id)).map(({ type }) => type)).toEqual([
    'invoice.finalized',
    'charge.succeeded',
    'payment_intent.succeeded',
    'payment_intent.created',
    'invoice.updated',
    'invoice.paid',
    'invoice.payment_succeeded',
    'invoice_payment.paid',
  ])
})

test('a year of renewals charges each month once, and every period begins where the last one ended', async () => {
  const { stripe, subscribe, advance } = story
  const { subscription, customer } = await subscribe()
  await advance(366 * DAY + 2 * 3600)
  const invoices = (
    await stripe.invoices.list({ customer: customer.id, limit: 100 })
  ).data.reverse()
  const periods = invoices.map(({ lines }) => lines.data[0]?.period ?? { start: 0, end: 0 })
  expect(invoices).toHaveLength(13)
  expect(periods.slice(1).map(({ start }) => start)).toEqual(
    periods.slice(0, -1).map(({ end }) => end),
  )
  expect(new Set(invoices.map(({ status }) => status))).toEqual(new Set(['paid']))
  const day = new Date(subscription.created * 1000).getUTCDate()
  for (const { start } of periods)
    expect(Math.min(day, 28)).toBeLessThanOrEqual(new Date(start * 1000).getUTCDate())
})

test('a renewal that is refused makes it past due, and a new card brings it back', async () => {
  const { stripe, subscribe, advance, lastEvent, eventsSince, swapCard } = story
  const { subscription, customer } = await subscribe()
  await swapCard(customer.id, subscription.id, 'pm_card_chargeCustomerFail')
  const before = await lastEvent()
  await advance(31 * DAY + 2 * 3600)
  const due = await stripe.subscriptions.retrieve(subscription.id, { expand: ['latest_invoice'] })
  expect(due.status).toBe('past_due')
  const invoice = due.latest_invoice as Stripe.Invoice
  expect(invoice).toMatchObject({
    status: 'open',
    attempt_count: 1,
    next_payment_attempt: expect.any(Number),
  })
  const types = (await eventsSince(before)).map(({ type }) => type)
  expect(types).toContain('invoice.payment_failed')
  expect(types.filter((type) => type === 'customer.subscription.updated')).toHaveLength(2)
  await expect(stripe.invoices.pay(invoice.id)).rejects.toMatchObject({
    statusCode: 402,
    code: 'card_declined',
  })
  const good = await stripe.paymentMethods.attach('pm_card_visa', { customer: customer.id })
  expect((await stripe.invoices.pay(invoice.id, { payment_method: good.id })).status).toBe('paid')
  expect((await stripe.subscriptions.retrieve(subscription.id)).status).toBe('active')
})

test('a card that never pays again ends the subscription after the last retry', async () => {
  const { stripe, subscribe, advance, swapCard } = story
  const { subscription, customer } = await subscribe()
  await swapCard(customer.id, subscription.id, 'pm_card_chargeCustomerFail')
  await advance(50 * DAY)
  expect(await stripe.subscriptions.retrieve(subscription.id)).toMatchObject({
    status: 'canceled',
    cancellation_details: { reason: 'payment_failed' },
  })
  expect((await stripe.events.list({ type: 'invoice.payment_failed' })).data).toHaveLength(4)
})
