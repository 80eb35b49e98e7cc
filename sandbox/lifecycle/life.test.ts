import type Stripe from 'stripe'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { payCheckout } from '@/sandbox/lifecycle/checkout/pay'
import { startStory } from '@/sandbox/test/story'
import { card, openCheckout } from '@/sandbox/test/world'

const DAY = 86_400
let story: Awaited<ReturnType<typeof startStory>>

beforeEach(async () => {
  story = await startStory()
})

afterEach(() => story.stop())

async function buyWith(number: string) {
  const { stripe, catalog, sandbox } = story
  const { customer, session } = await openCheckout(stripe, catalog.proMonthly.id)
  const result = await payCheckout(sandbox, session.id, card(number))
  const [subscription] = (await stripe.subscriptions.list({ customer: customer.id })).data
  return { customer, session: session.id, result, subscription: subscription?.id ?? '' }
}

test('a pause ends the period and says why; resuming begins a new one and uses the credit', async () => {
  const { stripe, subscribe, advance, lastEvent, eventsSince } = story
  const { subscription, customer } = await subscribe()
  await advance(10 * DAY)
  const before = await lastEvent()
  const paused = await stripe.subscriptions.pause(subscription.id, {
    type: 'subscription',
    bill_for: {
      outstanding_usage_through: { type: 'now' },
      unused_time_from: { type: 'now' },
    },
  })
  expect(paused).toMatchObject({
    status: 'paused',
    status_details: { paused: { subscription: { type: 'pause_requested' } } },
  })
  expect((await eventsSince(before)).map(({ type }) => type)).toEqual([
    'invoiceitem.created',
    'customer.subscription.paused',
    'customer.subscription.updated',
  ])
  await advance(60 * DAY)
  expect((await stripe.invoices.list({ customer: customer.id })).data).toHaveLength(1)
  const resumed = await stripe.subscriptions.resume(subscription.id, {
    billing_cycle_anchor: { type: 'now' },
    expand: ['latest_invoice'],
  })
  expect(resumed).toMatchObject({ status: 'active', latest_invoice: { status: 'paid' } })
  expect(resumed).not.toHaveProperty('status_details')
  expect((resumed.latest_invoice as Stripe.Invoice).total).toBeLessThan(1900)
})

test('a refund gives back no more than was charged, and does not end the subscription', async () => {
  const { stripe, subscribe, lastEvent, eventsSince } = story
  const { subscription } = await subscribe()
  const [charge] = (await stripe.charges.list()).data
  const before = await lastEvent()
  await stripe.refunds.create({ charge: charge?.id ?? '', amount: 900 })
  expect((await eventsSince(before)).map(({ type }) => type)).toEqual([
    'refund.created',
    'charge.refunded',
  ])
  await expect(
    stripe.refunds.create({ charge: charge?.id ?? '', amount: 1001 }),
  ).rejects.toMatchObject({ statusCode: 400, param: 'amount' })
  await stripe.refunds.create({ payment_intent: String(charge?.payment_intent) })
  expect(await stripe.charges.retrieve(charge?.id ?? '')).toMatchObject({
    amount_refunded: 1900,
    refunded: true,
  })
  expect((await stripe.subscriptions.retrieve(subscription.id)).status).toBe('active')
})

test('a disputed charge is taken back, and lost when no answer comes', async () => {
  const { stripe, advance } = story
  await buyWith('4000000000000259')
  await advance(1)
  const [dispute] = (await stripe.disputes.list()).data
  expect(dispute).toMatchObject({ amount: 1900, status: 'needs_response' })
  await expect(stripe.refunds.create({ charge: String(dispute?.charge) })).rejects.toMatchObject({
    code: 'charge_disputed',
  })
  await advance(22 * DAY)
  expect((await stripe.disputes.retrieve(dispute?.id ?? '')).status).toBe('lost')
  const types = (await stripe.events.list({ type: 'charge.dispute.*' })).data.map((e) => e.type)
  expect(types.reverse()).toEqual([
    'charge.dispute.created',
    'charge.dispute.funds_withdrawn',
    'charge.dispute.closed',
  ])
})

test('a bank debit is active at once, and succeeds or comes back days later', async () => {
  const { stripe, advance } = story
  for (const [number, outcome, invoice] of [
    ['4000000000009201', 'succeeded', 'paid'],
    ['4000000000009219', 'failed', 'void'],
  ] as const) {
    const { session, subscription, result } = await buyWith(number)
    expect(result.kind).toBe('processing')
    const done = await stripe.checkout.sessions.retrieve(session, { expand: ['invoice'] })
    expect(done).toMatchObject({
      status: 'complete',
      payment_status: 'unpaid',
      invoice: { status: 'open' },
    })
    await advance(5 * DAY)
    const type = `checkout.session.async_payment_${outcome}` as const
    expect((await stripe.events.list({ type })).data).toHaveLength(1)
    const { status, latest_invoice } = await stripe.subscriptions.retrieve(subscription, {
      expand: ['latest_invoice'],
    })
    expect({ status, invoice: (latest_invoice as Stripe.Invoice).status }).toEqual({
      status: 'active',
      invoice,
    })
  }
})

test('entitlements follow the subscription, and each change of the set is emitted once', async () => {
  const { stripe, catalog, subscribe } = story
  const feature = await stripe.entitlements.features.create({ name: 'API', lookup_key: 'api' })
  const attached = await stripe.products.createFeature(catalog.pro.id, {
    entitlement_feature: feature.id,
  })
  const { customer, subscription } = await subscribe()
  const active = async () =>
    (await stripe.entitlements.activeEntitlements.list({ customer: customer.id })).data
  expect(await active()).toMatchObject([{ lookup_key: 'api', feature: feature.id }])
  await stripe.subscriptions.update(subscription.id, { metadata: { a: 'b' } })
  await stripe.subscriptions.cancel(subscription.id)
  expect(await active()).toEqual([])
  const { data } = await stripe.events.list({
    type: 'entitlements.active_entitlement_summary.updated',
  })
  expect(data).toHaveLength(2)
  expect(data[1]?.data.object).toMatchObject({ customer: customer.id })
  expect(data[1]?.data.object).not.toHaveProperty('id')
  expect((await stripe.products.listFeatures(catalog.pro.id)).data).toHaveLength(1)
  await stripe.products.deleteFeature(catalog.pro.id, attached.id)
})

test('customers are found by metadata, and meter events are taken once', async () => {
  const { stripe } = story
  const { id } = await stripe.customers.create({ email: 'a@b.c', metadata: { user_id: 'u1' } })
  await stripe.customers.create({ metadata: { user_id: 'u2' } })
  const query = `metadata['user_id']:'u1' AND email:'A@b.c'`
  expect((await stripe.customers.search({ query })).data.map((row) => row.id)).toEqual([id])
  const event = {
    event_name: 'api_calls',
    payload: { stripe_customer_id: id, value: '1' },
    identifier: 'once',
  }
  expect(await stripe.billing.meterEvents.create(event)).toMatchObject({ identifier: 'once' })
  await expect(stripe.billing.meterEvents.create(event)).rejects.toMatchObject({ statusCode: 400 })
})
