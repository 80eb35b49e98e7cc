import Stripe from 'stripe'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { payCheckout } from '@/sandbox/lifecycle/checkout/pay'
import { addCatalog, card, openCheckout, startWorld } from '@/sandbox/test/world'

let world: Awaited<ReturnType<typeof startWorld>>
let stripe: Stripe

beforeEach(async () => {
  world = await startWorld()
  stripe = world.stripe
})

afterEach(() => world.stop())

/** Calls the API as any client may, with fields that the SDK's types would not let through. */
async function post(path: string, fields: string, headers: Record<string, string> = {}) {
  const response = await fetch(`${world.url}${path}`, {
    method: 'POST',
    headers: {
      Authorization: 'Bearer sk_test_local',
      'Content-Type': 'application/x-www-form-urlencoded',
      ...headers,
    },
    body: fields,
  })
  return { status: response.status, headers: response.headers, body: await response.json() }
}

test('a missing object is a 404 that names it, and a 400 when a parameter names it', async () => {
  const error = await stripe.customers.retrieve('cus_x').catch((thrown: unknown) => thrown)
  expect(error).toBeInstanceOf(Stripe.errors.StripeInvalidRequestError)
  expect(error).toMatchObject({
    statusCode: 404,
    code: 'resource_missing',
    param: 'id',
    message: "No such customer: 'cus_x'",
  })
  await expect(stripe.billingPortal.sessions.create({ customer: 'cus_x' })).rejects.toMatchObject({
    statusCode: 400,
    param: 'customer',
  })
})

test('lists show the newest first, page by cursors in both directions, and refuse a limit of 101', async () => {
  const ids: string[] = []
  for (let i = 0; i < 5; i += 1)
    ids.unshift((await stripe.customers.create({ name: String(i) })).id)
  const first = await stripe.customers.list({ limit: 2 })
  expect(first).toMatchObject({ has_more: true, url: '/v1/customers' })
  expect(first.data.map(({ id }) => id)).toEqual(ids.slice(0, 2))
  const last = await stripe.customers.list({ limit: 3, starting_after: ids[1] ?? '' })
  expect(last.has_more).toBe(false)
  expect(last.data.map(({ id }) => id)).toEqual(ids.slice(2))
  const before = await stripe.customers.list({ limit: 2, ending_before: ids[3] ?? '' })
  expect(before.data.map(({ id }) => id)).toEqual(ids.slice(1, 3))
  expect(before.has_more).toBe(true)
  const all: string[] = []
  for await (const customer of stripe.customers.list({ limit: 2 })) all.push(customer.id)
  expect(all).toEqual(ids)
  await expect(stripe.customers.list({ limit: 101 })).rejects.toMatchObject({ param: 'limit' })
})

test('expand fills ids in, on objects and on lists, four levels deep and no deeper', async () => {
  const { proMonthly } = await addCatalog(stripe)
  const { session } = await openCheckout(stripe, proMonthly.id)
  const listed = await stripe.prices.list({
    lookup_keys: ['pro_monthly'],
    expand: ['data.product'],
  })
  expect(listed.data[0]?.product).toMatchObject({ name: 'Pro' })
  expect(await stripe.checkout.sessions.retrieve(session.id)).not.toHaveProperty('line_items')
  const deep = await stripe.checkout.sessions.retrieve(session.id, {
    expand: ['line_items.data.price.product', 'customer', 'subscription'],
  })
  expect(deep.line_items?.data[0]?.price?.product).toMatchObject({ name: 'Pro' })
  expect(deep).toMatchObject({ customer: { object: 'customer' }, subscription: null })
  await expect(
    stripe.checkout.sessions.retrieve(session.id, { expand: ['a.b.c.d.e'] }),
  ).rejects.toMatchObject({ statusCode: 400 })
  await expect(
    stripe.checkout.sessions.retrieve(session.id, { expand: ['nonsense'] }),
  ).rejects.toMatchObject({ statusCode: 400 })
  await expect(
    stripe.checkout.sessions.retrieve(session.id, { expand: ['mode'] }),
  ).rejects.toMatchObject({ statusCode: 400 })
})

test('a price cannot be changed, and its lookup key moves only when asked to', async () => {
  const { pro, proMonthly } = await addCatalog(stripe)
  expect((await post(`/v1/prices/${proMonthly.id}`, 'unit_amount=1')).body.error.code).toBe(
    'parameter_unknown',
  )
  const next = {
    product: pro.id,
    currency: 'usd',
    unit_amount: 2500,
    recurring: { interval: 'month' },
    lookup_key: 'pro_monthly',
  } as const
  await expect(stripe.prices.create(next)).rejects.toMatchObject({ param: 'lookup_key' })
  const moved = await stripe.prices.create({ ...next, transfer_lookup_key: true })
  expect(moved.unit_amount_decimal?.toString()).toBe('2500')
  expect((await stripe.prices.retrieve(proMonthly.id)).lookup_key).toBeNull()
  const found = await stripe.prices.list({ lookup_keys: ['pro_monthly'], active: true })
  expect(found.data.map(({ id }) => id)).toEqual([moved.id])
  const { data } = await stripe.events.list({ type: 'price.*', limit: 2 })
  expect(data.map(({ type }) => type)).toEqual(['price.created', 'price.updated'])
})

test('a webhook endpoint shows its secret once', async () => {
  const made = await stripe.webhookEndpoints.create({
    url: 'http://x.test/',
    enabled_events: ['invoice.paid'],
  })
  expect(made.secret).toMatch(/^whsec_/)
  expect(await stripe.webhookEndpoints.retrieve(made.id)).not.toHaveProperty('secret')
  expect((await stripe.webhookEndpoints.list()).data[0]).not.toHaveProperty('secret')
  expect((await stripe.webhookEndpoints.update(made.id, { disabled: true })).status).toBe(
    'disabled',
  )
  expect((await post(`/v1/webhook_endpoints/${made.id}`, 'api_version=2020-08-27')).status).toBe(
    400,
  )
  expect(await stripe.webhookEndpoints.del(made.id)).toMatchObject({ deleted: true })
})

test('a deleted customer is remembered as deleted, and its subscriptions end', async () => {
  const { proMonthly } = await addCatalog(stripe)
  const customer = await stripe.customers.create({ email: 'a@b.c' })
  const method = await stripe.paymentMethods.attach('pm_card_visa', { customer: customer.id })
  const subscription = await stripe.subscriptions.create({
    customer: customer.id,
    items: [{ price: proMonthly.id }],
    default_payment_method: method.id,
  })
  expect(subscription.status).toBe('active')
  expect(await stripe.customers.del(customer.id)).toEqual(
    expect.objectContaining({ id: customer.id, deleted: true }),
  )
  expect(await stripe.customers.retrieve(customer.id)).toMatchObject({ deleted: true })
  expect((await stripe.subscriptions.retrieve(subscription.id)).status).toBe('canceled')
  await expect(
    stripe.checkout.sessions.create({
      mode: 'subscription',
      customer: customer.id,
      line_items: [{ price: proMonthly.id, quantity: 1 }],
      success_url: 'http://x.test/',
    }),
  ).rejects.toMatchObject({ param: 'customer' })
})

test('a component of a page must be switched on to make a customer session', async () => {
  const { id: customer } = await stripe.customers.create()
  const session = await stripe.customerSessions.create({
    customer,
    components: { pricing_table: { enabled: true } },
  })
  expect(session).toMatchObject({
    customer,
    components: { pricing_table: { enabled: true }, buy_button: { enabled: false } },
  })
  expect(session.expires_at - session.created).toBe(1800)
  await expect(
    stripe.customerSessions.create({ customer, components: { buy_button: { enabled: false } } }),
  ).rejects.toMatchObject({ param: 'components' })
})

test('one active meter counts an event', async () => {
  const wanted = {
    display_name: 'Calls',
    event_name: 'api_calls',
    default_aggregation: { formula: 'sum' as const },
  }
  const first = await stripe.billing.meters.create(wanted)
  await expect(stripe.billing.meters.create(wanted)).rejects.toMatchObject({ param: 'event_name' })
  const off = await stripe.billing.meters.deactivate(first.id)
  expect(off.status_transitions.deactivated_at).toBeGreaterThan(0)
  await stripe.billing.meters.create(wanted)
  expect((await stripe.billing.meters.list({ status: 'inactive' })).data).toMatchObject([
    { id: first.id },
  ])
})

test('a portal session that offers a coupon to stay needs one that exists', async () => {
  const { proMonthly } = await addCatalog(stripe)
  const { id: customer } = await stripe.customers.create()
  const method = await stripe.paymentMethods.attach('pm_card_visa', { customer })
  const subscription = await stripe.subscriptions.create({
    customer,
    items: [{ price: proMonthly.id }],
    default_payment_method: method.id,
  })
  await stripe.billingPortal.configurations.create({
    features: { subscription_cancel: { enabled: true } },
  })
  const offer = (coupon: string) =>
    stripe.billingPortal.sessions.create({
      customer,
      return_url: 'http://x.test/',
      flow_data: {
        type: 'subscription_cancel',
        subscription_cancel: {
          subscription: subscription.id,
          retention: { type: 'coupon_offer', coupon_offer: { coupon } },
        },
      },
    })
  await expect(offer('GONE')).rejects.toMatchObject({ statusCode: 400 })
  await stripe.coupons.create({ id: 'STAY', percent_off: 20, duration: 'once' })
  expect((await offer('STAY')).flow?.subscription_cancel?.retention).toEqual({
    type: 'coupon_offer',
    coupon_offer: { coupon: 'STAY' },
  })
})

test('Checkout keeps the name and the address that are typed, when it may', async () => {
  const { proMonthly } = await addCatalog(stripe)
  const { customer, session } = await openCheckout(stripe, proMonthly.id, {
    customer_update: { address: 'auto', name: 'auto' },
  })
  await payCheckout(world.sandbox, session.id, { ...card(), country: 'US', postalCode: '94110' })
  expect(await stripe.customers.retrieve(customer.id)).toMatchObject({
    name: 'Ana Example',
    address: { country: 'US', postal_code: '94110' },
  })
})
