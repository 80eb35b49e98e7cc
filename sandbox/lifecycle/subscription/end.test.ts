import type Stripe from 'stripe'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { startStory } from '@/sandbox/test/story'
import { openCheckout } from '@/sandbox/test/world'

const DAY = 86_400

let story: Awaited<ReturnType<typeof startStory>>

beforeEach(async () => {
  story = await startStory()
})

afterEach(() => story.stop())

test('canceling at the period end, and taking it back', async () => {
  const { stripe, subscribe, advance, lastEvent, eventsSince } = story
  const { subscription } = await subscribe()
  const end = subscription.items.data[0]?.current_period_end
  const canceled = await stripe.subscriptions.update(subscription.id, {
    cancel_at_period_end: true,
    cancellation_details: { feedback: 'unused' },
  })
  expect(canceled).toMatchObject({
    status: 'active',
    cancel_at: end,
    cancel_at_period_end: true,
    cancellation_details: { feedback: 'unused', reason: 'cancellation_requested' },
  })
  const back = await stripe.subscriptions.update(subscription.id, { cancel_at_period_end: false })
  expect(back).toMatchObject({
    cancel_at: null,
    cancel_at_period_end: false,
    canceled_at: null,
    cancellation_details: { reason: null },
  })
  await stripe.subscriptions.update(subscription.id, { cancel_at: 'max_period_end' })
  const before = await lastEvent()
  await advance(32 * DAY)
  expect((await eventsSince(before)).map(({ type }) => type)).toEqual([
    'customer.subscription.deleted',
  ])
  expect(await stripe.subscriptions.retrieve(subscription.id)).toMatchObject({
    status: 'canceled',
    ended_at: end,
  })
})

test('a planned end comes though collection is paused until a later day of the same period', async () => {
  const { stripe, subscribe, advance } = story
  const { subscription } = await subscribe()
  const day = (days: number) => subscription.start_date + days * DAY
  await stripe.subscriptions.update(subscription.id, {
    cancel_at: day(5),
    pause_collection: { behavior: 'void', resumes_at: day(9) },
  })
  await advance(7 * DAY)
  expect(await stripe.subscriptions.retrieve(subscription.id)).toMatchObject({
    status: 'canceled',
    ended_at: day(5),
  })
})

test('canceling now says so once, and what has ended can only be annotated', async () => {
  const { stripe, subscribe, lastEvent, eventsSince } = story
  const { subscription, customer } = await subscribe()
  const before = await lastEvent()
  expect(await stripe.subscriptions.cancel(subscription.id)).toMatchObject({
    status: 'canceled',
    ended_at: expect.any(Number),
  })
  expect((await eventsSince(before)).map(({ type }) => type)).toEqual([
    'customer.subscription.deleted',
  ])
  expect((await stripe.subscriptions.list({ customer: customer.id })).data).toEqual([])
  expect(
    (await stripe.subscriptions.list({ customer: customer.id, status: 'all' })).data,
  ).toHaveLength(1)
  await stripe.subscriptions.update(subscription.id, { metadata: { note: 'gone' } })
  await expect(
    stripe.subscriptions.update(subscription.id, { cancel_at_period_end: true }),
  ).rejects.toMatchObject({ statusCode: 400 })
})

test('a subscription by the API waits for its first payment, and expires without it', async () => {
  const { stripe, catalog, advance } = story
  const customer = await stripe.customers.create({ email: 'a@b.c' })
  const items = [{ price: catalog.proMonthly.id }]
  await expect(stripe.subscriptions.create({ customer: customer.id, items })).rejects.toMatchObject(
    { statusCode: 400, code: 'resource_missing' },
  )
  const waiting = await stripe.subscriptions.create({
    customer: customer.id,
    items,
    payment_behavior: 'default_incomplete',
    expand: ['latest_invoice.confirmation_secret'],
  })
  expect(waiting.status).toBe('incomplete')
  expect((waiting.latest_invoice as Stripe.Invoice).confirmation_secret?.client_secret).toMatch(
    /^pi_.*_secret_/,
  )
  await advance(DAY)
  expect((await stripe.subscriptions.retrieve(waiting.id)).status).toBe('incomplete_expired')
})

test('a trial without a card ends as its settings say', async () => {
  const { stripe, catalog, advance } = story
  const outcomes = { cancel: 'canceled', pause: 'paused', create_invoice: 'past_due' } as const
  for (const [setting, status] of Object.entries(outcomes)) {
    const customer = await stripe.customers.create({ name: setting })
    const { id } = await stripe.subscriptions.create({
      customer: customer.id,
      items: [{ price: catalog.proMonthly.id }],
      trial_period_days: 7,
      trial_settings: { end_behavior: { missing_payment_method: setting as 'cancel' } },
    })
    await advance(7 * DAY + 2 * 3600)
    expect({ setting, status: (await stripe.subscriptions.retrieve(id)).status }).toEqual({
      setting,
      status,
    })
  }
  expect(
    (await stripe.events.list({ type: 'customer.subscription.trial_will_end' })).data,
  ).toHaveLength(3)
})

test('an unpaid session expires after a day', async () => {
  const { stripe, catalog, advance } = story
  const { session } = await openCheckout(stripe, catalog.proMonthly.id)
  await advance(DAY)
  expect(await stripe.checkout.sessions.retrieve(session.id)).toMatchObject({
    status: 'expired',
    url: null,
  })
})

test('a subscription that its trial left paused begins again when it is resumed', async () => {
  const { stripe, catalog, advance, swapCard } = story
  const customer = await stripe.customers.create({ name: 'Ana' })
  const { id } = await stripe.subscriptions.create({
    customer: customer.id,
    items: [{ price: catalog.proMonthly.id }],
    trial_period_days: 7,
    trial_settings: { end_behavior: { missing_payment_method: 'pause' } },
  })
  await advance(8 * DAY)
  await expect(stripe.subscriptions.resume(id)).rejects.toMatchObject({ statusCode: 402 })
  await swapCard(customer.id, id, 'pm_card_visa')
  const resumed = await stripe.subscriptions.resume(id, {
    billing_cycle_anchor: { type: 'now' },
    expand: ['latest_invoice'],
  })
  expect(resumed).toMatchObject({
    status: 'active',
    latest_invoice: { status: 'paid', total: 1900 },
  })
})

test('while collection is paused, renewals are forgiven and the subscription stays as it is', async () => {
  const { stripe, subscribe, advance } = story
  const { subscription, customer } = await subscribe()
  await stripe.subscriptions.update(subscription.id, { pause_collection: { behavior: 'void' } })
  await advance(40 * DAY)
  expect((await stripe.subscriptions.retrieve(subscription.id)).status).toBe('active')
  const [renewal] = (await stripe.invoices.list({ customer: customer.id, limit: 1 })).data
  expect(renewal).toMatchObject({ status: 'void', amount_paid: 0 })
})
