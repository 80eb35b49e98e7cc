import type Stripe from 'stripe'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { startStory } from '@/sandbox/test/story'

const HOUR = 3600
const DAY = 24 * HOUR
const WILL_END = 'customer.subscription.trial_will_end'

let story: Awaited<ReturnType<typeof startStory>>

beforeEach(async () => {
  story = await startStory()
})

afterEach(() => story.stop())

test('a trial with a card says three days before that it ends, and is paid an hour after', async () => {
  const { subscription, end } = await onTrial(10)
  await story.advance(6 * DAY)
  expect(await announced()).toEqual([])
  await story.advance(2 * DAY)
  expect(await announced()).toMatchObject([{ created: end - 3 * DAY, request: { id: null } }])
  await story.advance(2 * DAY + 60)
  expect(await retrieve(subscription)).toMatchObject({
    status: 'active',
    latest_invoice: { status: 'draft', billing_reason: 'subscription_cycle' },
  })
  await story.advance(HOUR)
  expect(await retrieve(subscription)).toMatchObject({ latest_invoice: { status: 'paid' } })
  expect(await announced()).toHaveLength(1)
})

test('a trial of less than three days says at once that it ends', async () => {
  const { created } = await onTrial(2)
  await story.advance(1)
  expect(await announced()).toMatchObject([{ created }])
})

test('a trial that is made shorter says so at once, not in the past', async () => {
  const { subscription, created } = await onTrial(30)
  await story.advance(9 * DAY)
  await story.stripe.subscriptions.update(subscription, { trial_end: created + 10 * DAY })
  const [emitted, ...more] = await announced()
  expect(more).toEqual([])
  expect(emitted?.created).toBeGreaterThanOrEqual(created + 9 * DAY)
  expect(emitted?.request?.id).toMatch(/^req_/)
  await story.advance(DAY + 2 * HOUR)
  expect(await announced()).toHaveLength(1)
})

test('a trial that is made longer is announced again for its later end', async () => {
  const { subscription, end } = await onTrial(10)
  await story.advance(8 * DAY)
  await story.stripe.subscriptions.update(subscription, { trial_end: end + 10 * DAY })
  await story.advance(9 * DAY)
  expect((await announced()).map(({ created }) => created)).toEqual([end - 3 * DAY, end + 7 * DAY])
})

test('a trial whose end is set to the same day once more is announced once', async () => {
  const { subscription, created } = await onTrial(30)
  for (let nth = 0; nth < 2; nth += 1)
    await story.stripe.subscriptions.update(subscription, { trial_end: created + 2 * DAY })
  expect(await announced()).toHaveLength(1)
})

test('a trial that is ended now is charged now', async () => {
  const { subscription } = await onTrial(10)
  const before = await story.lastEvent()
  await story.stripe.subscriptions.update(subscription, { trial_end: 'now' })
  expect(await retrieve(subscription)).toMatchObject({
    status: 'active',
    latest_invoice: { status: 'paid', amount_paid: 1900 },
  })
  const emitted = await story.eventsSince(before)
  expect(emitted.map(({ type }) => type)).toEqual(
    expect.arrayContaining([WILL_END, 'customer.subscription.updated', 'invoice.paid']),
  )
  const update = emitted.find(({ type }) => type === 'customer.subscription.updated')
  expect(update?.data.previous_attributes).toMatchObject({ status: 'trialing' })
})

test('a trial that is ended now with a card that refuses goes past due, or stays when that is an error', async () => {
  const { subscription } = await onTrial(10, 'pm_card_chargeCustomerFail')
  const refused = story.stripe.subscriptions.update(subscription, {
    trial_end: 'now',
    payment_behavior: 'error_if_incomplete',
  })
  await expect(refused).rejects.toMatchObject({ statusCode: 402, code: 'card_declined' })
  expect(await retrieve(subscription)).toMatchObject({ status: 'trialing' })
  await story.stripe.subscriptions.update(subscription, { trial_end: 'now' })
  expect(await retrieve(subscription)).toMatchObject({ status: 'past_due' })
  const [update] = (
    await story.stripe.events.list({ type: 'customer.subscription.updated', limit: 1 })
  ).data
  expect(update?.data.previous_attributes).toMatchObject({ status: 'trialing' })
})

test('a plan that is changed together with the end of its trial is charged at its own price, once', async () => {
  const { subscription, item } = await onTrial(10)
  await story.stripe.subscriptions.update(subscription, {
    items: [{ id: item, price: story.catalog.studioMonthly.id }],
    trial_end: 'now',
  })
  expect(await retrieve(subscription)).toMatchObject({
    status: 'active',
    latest_invoice: { status: 'paid', total: 4900 },
  })
})

async function onTrial(days: number, testMethod = 'pm_card_visa') {
  const { stripe, catalog } = story
  const customer = await stripe.customers.create({ name: 'Ana' })
  const method = await stripe.paymentMethods.attach(testMethod, { customer: customer.id })
  const made = await stripe.subscriptions.create({
    customer: customer.id,
    items: [{ price: catalog.proMonthly.id }],
    default_payment_method: method.id,
    trial_period_days: days,
  })
  const item = made.items.data[0]?.id ?? ''
  return { subscription: made.id, item, created: made.created, end: made.trial_end ?? 0 }
}

function retrieve(id: string): Promise<Stripe.Subscription> {
  return story.stripe.subscriptions.retrieve(id, { expand: ['latest_invoice'] })
}

async function announced() {
  return (await story.stripe.events.list({ type: WILL_END })).data.reverse()
}
