import { afterEach, beforeEach, expect, test } from 'vitest'
import { changePlan, previewChange } from '@/sandbox/lifecycle/portal/change-plan'
import { portalView } from '@/sandbox/lifecycle/portal/view'
import { startStory } from '@/sandbox/test/story'

const DAY = 86_400
let story: Awaited<ReturnType<typeof startStory>>

beforeEach(async () => {
  story = await startStory()
})

afterEach(() => story.stop())

/** A Studio subscription that goes down to Pro when its period ends. */
async function downgrading() {
  const { stripe, catalog, subscribe } = story
  const { subscription, customer, item } = await subscribe()
  await stripe.subscriptions.update(subscription.id, {
    items: [{ id: item, price: catalog.studioMonthly.id }],
    proration_behavior: 'always_invoice',
  })
  const schedule = await stripe.subscriptionSchedules.create({ from_subscription: subscription.id })
  const [now] = schedule.phases
  if (!now) throw new Error('The schedule has no phase.')
  await stripe.subscriptionSchedules.update(schedule.id, {
    end_behavior: 'release',
    phases: [
      {
        items: [{ price: catalog.studioMonthly.id, quantity: 1 }],
        start_date: now.start_date,
        end_date: now.end_date,
      },
      {
        items: [{ price: catalog.proMonthly.id, quantity: 1 }],
        duration: { interval: 'month', interval_count: 1 },
        proration_behavior: 'none',
      },
    ],
  })
  return { customer, subscription, schedule: schedule.id }
}

test('a phase that names no payment method or tax begins with those of the day on which the schedule was made', async () => {
  const { stripe, advance } = story
  const { customer, subscription } = await downgrading()
  const { default_payment_method: before } = await stripe.subscriptions.retrieve(subscription.id)
  const card = await stripe.paymentMethods.attach('pm_card_mastercard', { customer: customer.id })
  const rate = await stripe.taxRates.create({
    ...{ display_name: 'VAT', percentage: 10, inclusive: false },
  })
  await stripe.subscriptions.update(subscription.id, {
    ...{ default_payment_method: card.id, default_tax_rates: [rate.id], metadata: { note: 'new' } },
  })
  const preview = await stripe.invoices.createPreview({ subscription: subscription.id })
  expect(preview.total).toBe(1900)
  await advance(32 * DAY)
  expect(await stripe.subscriptions.retrieve(subscription.id)).toMatchObject({
    ...{ default_payment_method: before, default_tax_rates: [], metadata: { note: 'new' } },
  })
})

test('a downgrade waits for the end of the period, and costs what the preview said', async () => {
  const { stripe, catalog, advance, lastEvent, eventsSince } = story
  const { subscription, schedule, customer } = await downgrading()
  const held = await stripe.subscriptions.retrieve(subscription.id)
  expect(held.schedule).toBe(schedule)
  expect(held.items.data[0]?.price.id).toBe(catalog.studioMonthly.id)
  const preview = await stripe.invoices.createPreview({ subscription: subscription.id })
  const before = await lastEvent()
  await advance(32 * DAY)
  const low = await stripe.subscriptions.retrieve(subscription.id, { expand: ['latest_invoice'] })
  expect(low).toMatchObject({
    schedule,
    items: { data: [{ price: { id: catalog.proMonthly.id } }] },
    latest_invoice: { total: 1900, status: 'paid' },
  })
  expect(preview.total).toBe(1900)
  expect((await eventsSince(before)).map(({ type }) => type)).toContain(
    'subscription_schedule.updated',
  )
  await advance(31 * DAY)
  expect(await stripe.subscriptionSchedules.retrieve(schedule)).toMatchObject({
    status: 'released',
    subscription: null,
    released_subscription: subscription.id,
  })
  expect((await stripe.subscriptions.retrieve(subscription.id)).schedule).toBeNull()
  const invoices = await stripe.invoices.list({ customer: customer.id, limit: 2 })
  expect(invoices.data.map(({ total }) => total)).toEqual([1900, 1900])
})

test('while a schedule is attached, direct changes conflict; released, they do not', async () => {
  const { stripe } = story
  const { subscription, schedule } = await downgrading()
  const cancel = { cancel_at_period_end: true }
  await expect(stripe.subscriptions.update(subscription.id, cancel)).rejects.toMatchObject({
    statusCode: 400,
    param: 'cancel_at_period_end',
  })
  await stripe.subscriptions.update(subscription.id, { metadata: { note: 'fine' } })
  expect(await stripe.subscriptionSchedules.release(schedule)).toMatchObject({ status: 'released' })
  await stripe.subscriptions.update(subscription.id, cancel)
  await expect(stripe.subscriptionSchedules.release(schedule)).rejects.toMatchObject({
    statusCode: 400,
  })
})

test('canceling the schedule cancels its subscription, and the other way round', async () => {
  const { stripe } = story
  const first = await downgrading()
  await stripe.subscriptionSchedules.cancel(first.schedule)
  expect((await stripe.subscriptions.retrieve(first.subscription.id)).status).toBe('canceled')
  const second = await downgrading()
  await stripe.subscriptions.cancel(second.subscription.id)
  expect(await stripe.subscriptionSchedules.retrieve(second.schedule)).toMatchObject({
    status: 'canceled',
  })
})

test('old phases, and other parameters beside from_subscription, are refused', async () => {
  const { stripe, subscribe, catalog } = story
  const { subscription } = await subscribe()
  const from = { from_subscription: subscription.id }
  await expect(
    stripe.subscriptionSchedules.create({ ...from, end_behavior: 'release' }),
  ).rejects.toMatchObject({ statusCode: 400 })
  const { id } = await stripe.subscriptionSchedules.create(from)
  const iterations = { items: [{ price: catalog.proMonthly.id }], iterations: 1 }
  await expect(
    stripe.subscriptionSchedules.update(id, { phases: [iterations] }),
  ).rejects.toMatchObject({ code: 'parameter_unknown', param: 'phases[0][iterations]' })
})

test('the portal puts a shorter interval off to the end of the period, and shows it', async () => {
  const { stripe, catalog, sandbox, subscribe } = story
  const { subscription, customer, item } = await subscribe()
  await stripe.subscriptions.update(subscription.id, {
    items: [{ id: item, price: catalog.proYearly.id }],
    proration_behavior: 'always_invoice',
  })
  const configuration = await stripe.billingPortal.configurations.create({
    features: {
      subscription_update: {
        enabled: true,
        default_allowed_updates: ['price'],
        proration_behavior: 'always_invoice',
        products: [
          { product: catalog.pro.id, prices: [catalog.proMonthly.id, catalog.proYearly.id] },
        ],
        schedule_at_period_end: { conditions: [{ type: 'shortening_interval' }] },
      },
    },
  })
  const { url } = await stripe.billingPortal.sessions.create({
    customer: customer.id,
    configuration: configuration.id,
    return_url: 'http://x.test/',
  })
  const token = url.split('/').at(-1) ?? ''
  const price = catalog.proMonthly.id
  expect(previewChange(sandbox, token, subscription.id, price)).toMatchObject({
    waits: true,
    amountDue: 0,
    lines: [],
  })
  expect(changePlan(sandbox, token, subscription.id, price)).toEqual({ kind: 'scheduled' })
  const held = await stripe.subscriptions.retrieve(subscription.id, { expand: ['schedule'] })
  expect(held).toMatchObject({
    items: { data: [{ price: { id: catalog.proYearly.id } }] },
    schedule: { status: 'active', phases: [{}, { items: [{ price }] }] },
  })
  expect(portalView(sandbox, token).subscriptions[0]?.scheduled).toMatchObject({
    plan: { price },
    at: held.items.data[0]?.current_period_end,
  })
})
