import { afterEach, beforeEach, expect, test } from 'vitest'
import { cancelAtPeriodEnd } from '@/sandbox/lifecycle/portal/cancel'
import { startStory } from '@/sandbox/test/story'

let story: Awaited<ReturnType<typeof startStory>>

beforeEach(async () => {
  story = await startStory()
})

afterEach(() => story.stop())

test('a classic subscription that is migrated is flexible from then on, and says so once', async () => {
  const { id } = await classic()
  expect(await story.stripe.subscriptions.retrieve(id)).toMatchObject({
    billing_mode: { type: 'classic', flexible: null },
  })
  await expect(story.stripe.subscriptions.pause(id)).rejects.toMatchObject({ statusCode: 400 })
  const before = await story.lastEvent()
  const migrate = () =>
    story.stripe.subscriptions.migrate(id, { billing_mode: { type: 'flexible' } })
  expect(await migrate()).toMatchObject({
    billing_mode: {
      type: 'flexible',
      flexible: { proration_discounts: 'included' },
      updated_at: expect.any(Number),
    },
  })
  await migrate()
  expect(await story.eventsSince(before)).toMatchObject([
    {
      type: 'customer.subscription.updated',
      data: { previous_attributes: { billing_mode: { type: 'classic', flexible: null } } },
    },
  ])
  expect(await story.stripe.subscriptions.pause(id)).toMatchObject({ status: 'paused' })
})

test('the portal cancels a classic subscription by its flag too', async () => {
  const { stripe, sandbox } = story
  const { id, customer } = await classic()
  await stripe.billingPortal.configurations.create({
    features: { subscription_cancel: { enabled: true, mode: 'at_period_end' } },
  })
  const { url } = await stripe.billingPortal.sessions.create({
    customer,
    return_url: 'http://app.test/billing',
  })
  cancelAtPeriodEnd(sandbox, new URL(url).pathname.split('/').at(-1) ?? '', id)
  const { cancel_at, items, ...rest } = await stripe.subscriptions.retrieve(id)
  expect(rest).toMatchObject({ cancel_at_period_end: true })
  expect(cancel_at).toBe(items.data[0]?.current_period_end)
})

test('a classic subscription has one interval', async () => {
  const { stripe, catalog } = story
  const { id, customer } = await classic()
  const mixed = { statusCode: 400, param: 'items' }
  await expect(
    stripe.subscriptions.create({
      customer,
      items: [{ price: catalog.proMonthly.id }, { price: catalog.proYearly.id }],
      billing_mode: { type: 'classic' },
    }),
  ).rejects.toMatchObject(mixed)
  const yearly = { subscription: id, price: catalog.proYearly.id }
  await expect(stripe.subscriptionItems.create(yearly)).rejects.toMatchObject(mixed)
  await stripe.subscriptions.migrate(id, { billing_mode: { type: 'flexible' } })
  expect(await stripe.subscriptionItems.create(yearly)).toMatchObject({ subscription: id })
})

test('what has ended is not migrated, and classic billing has no flexible settings', async () => {
  const { stripe, catalog } = story
  const { id, customer } = await classic()
  await expect(
    stripe.subscriptions.migrate(id, {
      billing_mode: { type: 'flexible', flexible: { proration_discounts: 'itemized' } },
    }),
  ).rejects.toMatchObject({ code: 'sandbox_unsupported' })
  await stripe.subscriptions.cancel(id)
  await expect(
    stripe.subscriptions.migrate(id, { billing_mode: { type: 'flexible' } }),
  ).rejects.toMatchObject({ statusCode: 400 })
  await expect(
    stripe.subscriptions.create({
      customer,
      items: [{ price: catalog.proMonthly.id }],
      billing_mode: { type: 'classic', flexible: { proration_discounts: 'included' } },
    }),
  ).rejects.toMatchObject({ param: 'billing_mode[flexible]' })
})

async function classic() {
  const { stripe, catalog } = story
  const { id: customer } = await stripe.customers.create()
  const card = await stripe.paymentMethods.attach('pm_card_visa', { customer })
  await stripe.customers.update(customer, {
    invoice_settings: { default_payment_method: card.id },
  })
  const { id } = await stripe.subscriptions.create({
    customer,
    items: [{ price: catalog.proMonthly.id }],
    billing_mode: { type: 'classic' },
  })
  return { id, customer }
}
