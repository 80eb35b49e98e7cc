import type Stripe from 'stripe'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { startStory } from '@/sandbox/test/story'

const DAY = 86_400

let story: Awaited<ReturnType<typeof startStory>>

beforeEach(async () => {
  story = await startStory()
})

afterEach(() => story.stop())

test('the preview of a trial that ends now shows what ending it now asks for', async () => {
  const { stripe } = story
  const { id } = await trial()
  const preview = await stripe.invoices.createPreview({
    subscription: id,
    subscription_details: { trial_end: 'now' },
  })
  expect(preview.total).toBe(1900)
  expect(await stripe.subscriptions.retrieve(id)).toMatchObject({ status: 'trialing' })
  await stripe.subscriptions.update(id, { trial_end: 'now' })
  expect(await latestOf(id)).toMatchObject({ total: preview.total })
})

test('the preview of a longer trial shows the invoice at its later end', async () => {
  const { id, end } = await trial()
  const later = end + 9 * DAY
  const preview = await story.stripe.invoices.createPreview({
    subscription: id,
    subscription_details: { trial_end: later },
  })
  expect(preview).toMatchObject({ total: 1900, created: later })
  expect(preview.lines.data[0]?.period.start).toBe(later)
})

test('the preview of a trial for a customer who has paid credits what becomes free', async () => {
  const { stripe, sandbox } = story
  const { subscription } = await story.subscribe()
  await story.advance(5 * DAY)
  const until = sandbox.clock.now() + 20 * DAY
  const preview = await stripe.invoices.createPreview({
    subscription: subscription.id,
    subscription_details: { trial_end: until },
  })
  expect(preview.lines.data.map(({ amount }) => Math.sign(amount))).toEqual([-1, 1])
  await stripe.subscriptions.update(subscription.id, { trial_end: until })
  await story.advance(20 * DAY + 60)
  const charged = await latestOf(subscription.id)
  expect(charged.lines.data).toHaveLength(2)
  // A second may have passed between the two.
  expect(Math.abs(charged.total - preview.total)).toBeLessThanOrEqual(1)
})

test('a schedule stands for its subscription', async () => {
  const { stripe } = story
  const { subscription } = await story.subscribe()
  const { id: schedule } = await stripe.subscriptionSchedules.create({
    from_subscription: subscription.id,
  })
  const preview = await stripe.invoices.createPreview({ schedule })
  expect(preview).toMatchObject({
    total: 1900,
    parent: { subscription_details: { subscription: subscription.id } },
  })
})

test('a preview is about one thing, and its trial ends in the future', async () => {
  const { stripe } = story
  const { id } = await trial()
  const refused = async (params: Stripe.InvoiceCreatePreviewParams, param: string) =>
    expect(stripe.invoices.createPreview(params)).rejects.toMatchObject({ statusCode: 400, param })
  await refused({ subscription: id, schedule: 'sub_sched_1' }, 'schedule')
  await refused({ schedule: 'sub_sched_none' }, 'schedule')
  const about = 'subscription_details[trial_end]'
  await refused({ subscription: id, subscription_details: { trial_end: 1 } }, about)
  const both = { trial_end: 'now', billing_cycle_anchor: { type: 'now' } } as const
  const { subscription } = await story.subscribe()
  await refused({ subscription: subscription.id, subscription_details: both }, about)
})

async function trial() {
  const { stripe, catalog } = story
  const { id: customer } = await stripe.customers.create({
    payment_method: 'pm_card_visa',
    invoice_settings: { default_payment_method: 'pm_card_visa' },
  })
  const { id, trial_end } = await stripe.subscriptions.create({
    customer,
    items: [{ price: catalog.proMonthly.id }],
    trial_period_days: 10,
  })
  return { id, end: trial_end ?? 0 }
}

async function latestOf(id: string): Promise<Stripe.Invoice> {
  const { latest_invoice: latest } = await story.stripe.subscriptions.retrieve(id)
  return story.stripe.invoices.retrieve(String(latest))
}
