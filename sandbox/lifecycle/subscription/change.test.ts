import type Stripe from 'stripe'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { startStory } from '@/sandbox/test/story'

const DAY = 86_400

let story: Awaited<ReturnType<typeof startStory>>

beforeEach(async () => {
  story = await startStory()
})

afterEach(() => story.stop())

test('an upgrade charges the preview to the cent, and keeps the item', async () => {
  const { stripe, catalog, subscribe, advance } = story
  const { subscription, customer, item } = await subscribe()
  await advance(10 * DAY)
  const proration_date = subscription.created + 10 * DAY
  const items = [{ id: item, price: catalog.studioMonthly.id }]
  const preview = await stripe.invoices.createPreview({
    customer: customer.id,
    subscription: subscription.id,
    subscription_details: { items, proration_behavior: 'always_invoice', proration_date },
  })
  expect(preview.id).toMatch(/^upcoming_in/)
  expect(preview.lines.data.map(({ description }) => description?.split(' after ')[0])).toEqual([
    'Unused time on Pro',
    'Remaining time on Studio',
  ])
  const changed = await stripe.subscriptions.update(subscription.id, {
    items,
    proration_behavior: 'always_invoice',
    proration_date,
    expand: ['latest_invoice'],
  })
  const invoice = changed.latest_invoice as Stripe.Invoice
  expect(invoice).toMatchObject({
    status: 'paid',
    total: preview.total,
    billing_reason: 'subscription_update',
  })
  expect(invoice.lines.data.map(({ amount }) => amount)).toEqual(
    preview.lines.data.map(({ amount }) => amount),
  )
  expect(changed.items.data).toMatchObject([{ id: item, price: { id: catalog.studioMonthly.id } }])
  expect(changed.items.data[0]?.current_period_end).toBe(
    subscription.items.data[0]?.current_period_end,
  )
  const whole = (subscription.items.data[0]?.current_period_end ?? 0) - subscription.created
  const rest = whole - 10 * DAY
  expect(invoice.total).toBe(Math.round((4900 * rest) / whole) - Math.round((1900 * rest) / whole))
})

test('a downgrade puts its credit aside and the next invoice uses it', async () => {
  const { stripe, catalog, subscribe, advance } = story
  const { subscription, customer, item } = await subscribe()
  await stripe.subscriptions.update(subscription.id, {
    items: [{ id: item, price: catalog.studioMonthly.id }],
    proration_behavior: 'always_invoice',
  })
  await stripe.subscriptions.update(subscription.id, {
    items: [{ id: item, price: catalog.proMonthly.id }],
    proration_behavior: 'always_invoice',
  })
  const { balance } = (await stripe.customers.retrieve(customer.id)) as Stripe.Customer
  expect(balance).toBe(-3000)
  await advance(31 * DAY + 2 * 3600)
  const [renewal] = (await stripe.invoices.list({ customer: customer.id, limit: 1 })).data
  expect(renewal).toMatchObject({
    total: 1900,
    amount_due: 0,
    amount_paid: 0,
    status: 'paid',
    starting_balance: -3000,
    ending_balance: -1100,
  })
})

test('prorations that are only created wait for the next invoice', async () => {
  const { stripe, catalog, subscribe, advance, lastEvent, eventsSince } = story
  const { subscription, customer, item } = await subscribe()
  const before = await lastEvent()
  await stripe.subscriptions.update(subscription.id, {
    items: [{ id: item, price: catalog.studioMonthly.id }],
  })
  expect((await eventsSince(before)).map(({ type }) => type)).toEqual([
    'invoiceitem.created',
    'invoiceitem.created',
    'customer.subscription.updated',
  ])
  const upcoming = await stripe.invoices.createPreview({ subscription: subscription.id })
  await advance(31 * DAY + 2 * 3600)
  const [renewal] = (await stripe.invoices.list({ customer: customer.id, limit: 1 })).data
  expect(renewal?.lines.data).toHaveLength(3)
  expect(renewal?.total).toBe(upcoming.total)
  expect(renewal).toMatchObject({ status: 'paid', amount_paid: upcoming.total })
})

test('a yearly price begins a year of its own, charged at once', async () => {
  const { stripe, catalog, subscribe } = story
  const { subscription, item } = await subscribe()
  const proration_date = subscription.created
  const changed = await stripe.subscriptions.update(subscription.id, {
    items: [{ id: item, price: catalog.proYearly.id }],
    proration_behavior: 'always_invoice',
    proration_date,
    expand: ['latest_invoice'],
  })
  expect((changed.latest_invoice as Stripe.Invoice).total).toBe(19_000 - 1900)
  const { current_period_start: start = 0, current_period_end: end = 0 } =
    changed.items.data[0] ?? {}
  expect(start).toBe(proration_date)
  expect(Math.round((end - start) / DAY)).toBeGreaterThanOrEqual(365)
})

test('an upgrade whose card is refused waits for its payment, or is refused outright', async () => {
  const { stripe, catalog, subscribe, swapCard } = story
  const { subscription, customer, item } = await subscribe()
  await swapCard(customer.id, subscription.id, 'pm_card_chargeCustomerFail')
  const items = [{ id: item, price: catalog.studioMonthly.id }]
  const always = { items, proration_behavior: 'always_invoice' } as const
  await expect(
    stripe.subscriptions.update(subscription.id, {
      ...always,
      payment_behavior: 'error_if_incomplete',
      metadata: { half: 'done' },
    }),
  ).rejects.toMatchObject({ statusCode: 402 })
  expect((await stripe.subscriptions.retrieve(subscription.id)).metadata).toEqual({})
  expect((await stripe.subscriptions.retrieve(subscription.id)).items.data[0]?.price.id).toBe(
    catalog.proMonthly.id,
  )
  const held = await stripe.subscriptions.update(subscription.id, {
    ...always,
    payment_behavior: 'pending_if_incomplete',
    expand: ['latest_invoice'],
  })
  expect(held).toMatchObject({
    status: 'active',
    pending_update: { expires_at: expect.any(Number) },
  })
  expect(held.items.data[0]?.price.id).toBe(catalog.proMonthly.id)
  const good = await stripe.paymentMethods.attach('pm_card_visa', { customer: customer.id })
  await stripe.invoices.pay((held.latest_invoice as Stripe.Invoice).id, { payment_method: good.id })
  const applied = await stripe.subscriptions.retrieve(subscription.id)
  expect(applied).toMatchObject({ pending_update: null })
  expect(applied.items.data[0]?.price.id).toBe(catalog.studioMonthly.id)
})

test('a change that waits for its payment gives way to the next one, and its invoice is void', async () => {
  const { stripe, catalog, subscribe, swapCard } = story
  const { subscription, customer, item } = await subscribe()
  await swapCard(customer.id, subscription.id, 'pm_card_chargeCustomerFail')
  const change = (payment_behavior: 'pending_if_incomplete' | 'allow_incomplete') =>
    stripe.subscriptions.update(subscription.id, {
      items: [{ id: item, price: catalog.studioMonthly.id }],
      proration_behavior: 'always_invoice',
      payment_behavior,
    })
  const statuses = async () =>
    (await stripe.invoices.list({ subscription: subscription.id })).data.map((row) => row.status)
  await change('pending_if_incomplete')
  expect((await change('pending_if_incomplete')).pending_update).not.toBeNull()
  expect(await statuses()).toEqual(['open', 'void', 'paid'])
  expect((await change('allow_incomplete')).pending_update).toBeNull()
  expect(await statuses()).toEqual(['open', 'void', 'void', 'paid'])
})
