import { afterEach, beforeEach, expect, test } from 'vitest'
import { startStory } from '@/sandbox/test/story'

const DAY = 86_400

let story: Awaited<ReturnType<typeof startStory>>

beforeEach(async () => {
  story = await startStory()
})

afterEach(() => story.stop())

for (const [how, end] of [
  ['is given up', (_invoice: string) => story.advance(2 * DAY)],
  ['is made void', (invoice: string) => story.stripe.invoices.voidInvoice(invoice)],
] as const)
  test(`a schedule ends with a subscription whose first invoice ${how}`, async () => {
    const { stripe, catalog } = story
    const { id: customer } = await stripe.customers.create()
    const { id, latest_invoice } = await stripe.subscriptions.create({
      customer,
      items: [{ price: catalog.proMonthly.id }],
      payment_behavior: 'default_incomplete',
    })
    const schedule = await stripe.subscriptionSchedules.create({ from_subscription: id })
    await end(String(latest_invoice))
    expect(await stripe.subscriptions.retrieve(id)).toMatchObject({ status: 'incomplete_expired' })
    expect((await stripe.subscriptionSchedules.retrieve(schedule.id)).status).toBe('canceled')
  })

test('credit that is put aside, and credit that a renewal uses, both emit events', async () => {
  const { stripe, catalog, subscribe, advance, eventsSince, lastEvent } = story
  const { subscription, customer, item, start, end } = await subscribe()
  await stripe.subscriptions.update(subscription.id, {
    items: [{ id: item, price: catalog.studioMonthly.id }],
    proration_behavior: 'none',
  })
  await advance(end - start + DAY)
  const balances = async (since: string | undefined) =>
    (await eventsSince(since))
      .filter(({ type }) => type === 'customer.updated')
      .map(({ data }) => Object(data.previous_attributes).balance)
  const before = await lastEvent()
  await stripe.subscriptions.update(subscription.id, {
    items: [{ id: item, price: catalog.proMonthly.id }],
    proration_behavior: 'always_invoice',
  })
  const credited = await stripe.customers.retrieve(customer.id)
  const balance = credited.deleted ? 0 : credited.balance
  expect(balance).toBeLessThan(-1900)
  expect(await balances(before)).toEqual([0])
  const between = await lastEvent()
  await advance(31 * DAY)
  expect(await balances(between)).toEqual([balance])
})

test('the discount of what has ended stays as it was', async () => {
  const { stripe, subscribe, lastEvent } = story
  const { subscription } = await subscribe()
  const coupon = await stripe.coupons.create({ percent_off: 5, duration: 'forever' })
  await stripe.subscriptions.update(subscription.id, { discounts: [{ coupon: coupon.id }] })
  await stripe.subscriptions.cancel(subscription.id)
  const last = await lastEvent()
  await expect(stripe.subscriptions.deleteDiscount(subscription.id)).rejects.toMatchObject({
    statusCode: 400,
  })
  expect(await lastEvent()).toBe(last)
})

test.each([
  ['that stays unpaid lapses', async () => story.advance(DAY)],
  [
    'that another one replaces is given up',
    async (id: string, item: string) => {
      await story.advance(3 * 3600)
      await story.stripe.subscriptions.update(id, { items: [{ id: item, quantity: 2 }] })
    },
  ],
])('a change %s with its own invoice, and not with that of a renewal', async (_how, happens) => {
  const { stripe, catalog, subscribe, swapCard, advance } = story
  const { subscription, customer, item, start, end } = await subscribe()
  await swapCard(customer.id, subscription.id, 'pm_card_chargeCustomerFail')
  await advance(end - start - 7200)
  const { latest_invoice: held } = await stripe.subscriptions.update(subscription.id, {
    // So many that two hours of them are more than the least that Stripe charges.
    items: [{ id: item, price: catalog.studioMonthly.id, quantity: 30 }],
    proration_behavior: 'always_invoice',
    payment_behavior: 'pending_if_incomplete',
  })
  await happens(subscription.id, item)
  expect((await stripe.invoices.retrieve(String(held))).status).toBe('void')
  const after = await stripe.subscriptions.retrieve(subscription.id, { expand: ['latest_invoice'] })
  expect(after).toMatchObject({
    status: 'past_due',
    pending_update: null,
    items: { data: [{ price: { id: catalog.proMonthly.id } }] },
    latest_invoice: { billing_reason: 'subscription_cycle', status: 'open' },
  })
})
