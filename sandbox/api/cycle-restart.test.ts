import type Stripe from 'stripe'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { startStory } from '@/sandbox/test/story'

const DAY = 86_400
const NOW = { billing_cycle_anchor: { type: 'now' } } as const

let story: Awaited<ReturnType<typeof startStory>>

beforeEach(async () => {
  story = await startStory()
})

afterEach(() => story.stop())

test('a cycle that begins anew is a whole period from now, and what was paid for is credited', async () => {
  const { stripe, sandbox, subscribe, advance, eventsSince, lastEvent } = story
  const { subscription, customer, item, start, end } = await subscribe()
  await advance(10 * DAY)
  const at = sandbox.clock.now()
  const preview = await stripe.invoices.createPreview({
    customer: customer.id,
    subscription: subscription.id,
    subscription_details: { ...NOW, proration_date: at },
  })
  const before = await lastEvent()
  const changed = await stripe.subscriptions.update(subscription.id, {
    ...NOW,
    proration_date: at,
    expand: ['latest_invoice'],
  })
  const anchor = changed.billing_cycle_anchor
  expect(changed.items.data).toMatchObject([{ id: item, current_period_start: anchor }])
  expect(anchor - start).toBeGreaterThanOrEqual(10 * DAY)
  const invoice = changed.latest_invoice as Stripe.Invoice
  expect(invoice).toMatchObject({
    billing_reason: 'subscription_update',
    status: 'paid',
    total: preview.total,
  })
  expect(invoice.lines.data).toMatchObject([
    {
      amount: -Math.round((1900 * (end - at)) / (end - start)),
      parent: { subscription_item_details: { proration: true } },
    },
    {
      amount: 1900,
      period: { start: anchor, end: changed.items.data[0]?.current_period_end },
      parent: { subscription_item_details: { proration: false } },
    },
  ])
  const [updated] = (await eventsSince(before)).filter(
    ({ type }) => type === 'customer.subscription.updated',
  )
  expect(updated?.data.previous_attributes).toMatchObject({
    billing_cycle_anchor: start,
    latest_invoice: subscription.latest_invoice,
  })
  await advance(end - start - 10 * DAY + 2 * DAY)
  expect((await stripe.subscriptions.retrieve(subscription.id)).latest_invoice).toBe(invoice.id)
})

test('without prorations a new cycle costs its whole period', async () => {
  const { stripe, subscribe, advance } = story
  const { subscription } = await subscribe()
  await advance(10 * DAY)
  const { latest_invoice } = await stripe.subscriptions.update(subscription.id, {
    ...NOW,
    proration_behavior: 'none',
    expand: ['latest_invoice'],
  })
  expect(latest_invoice).toMatchObject({ total: 1900, lines: { data: [{ amount: 1900 }] } })
})

test('another plan can come with a new cycle, in one invoice', async () => {
  const { stripe, catalog, subscribe, advance } = story
  const { subscription, item } = await subscribe()
  await advance(10 * DAY)
  const changed = await stripe.subscriptions.update(subscription.id, {
    ...NOW,
    items: [{ id: item, price: catalog.proYearly.id }],
    expand: ['latest_invoice'],
  })
  const lines = (changed.latest_invoice as Stripe.Invoice).lines.data
  expect(lines.map(({ amount }) => Math.sign(amount))).toEqual([-1, 1])
  expect(lines[1]?.amount).toBe(19_000)
})

test('a card that refuses a new cycle makes the subscription past due, or changes nothing when asked to', async () => {
  const { stripe, subscribe, swapCard } = story
  const { subscription, customer, start } = await subscribe()
  await story.advance(DAY)
  await swapCard(customer.id, subscription.id, 'pm_card_chargeCustomerFail')
  await expect(
    stripe.subscriptions.update(subscription.id, {
      ...NOW,
      payment_behavior: 'error_if_incomplete',
    }),
  ).rejects.toMatchObject({ statusCode: 402 })
  const kept = await stripe.subscriptions.retrieve(subscription.id)
  expect(kept).toMatchObject({ status: 'active', billing_cycle_anchor: start })
  expect(await stripe.subscriptions.update(subscription.id, NOW)).toMatchObject({
    status: 'past_due',
  })
})

test('only what is being paid for can begin its cycle anew', async () => {
  const { stripe, subscribe } = story
  const { subscription } = await subscribe()
  const schedule = await stripe.subscriptionSchedules.create({ from_subscription: subscription.id })
  await expect(stripe.subscriptions.update(subscription.id, NOW)).rejects.toMatchObject({
    param: 'billing_cycle_anchor',
  })
  await stripe.subscriptionSchedules.release(schedule.id)
  await stripe.subscriptions.pause(subscription.id)
  await expect(stripe.subscriptions.update(subscription.id, NOW)).rejects.toMatchObject({
    param: 'billing_cycle_anchor',
  })
})
