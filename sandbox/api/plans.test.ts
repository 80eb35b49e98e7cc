import type Stripe from 'stripe'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { startStory } from '@/sandbox/test/story'

let story: Awaited<ReturnType<typeof startStory>>

beforeEach(async () => {
  story = await startStory()
})

afterEach(() => story.stop())

async function payer() {
  const { id } = await story.stripe.customers.create({
    payment_method: 'pm_card_visa',
    invoice_settings: { default_payment_method: 'pm_card_visa' },
  })
  return id
}

test('a plan is a price that recurs, under its old name, and the other way round', async () => {
  const { stripe, catalog, lastEvent, eventsSince } = story
  const before = await lastEvent()
  const plan = await stripe.plans.create({
    id: 'gold',
    amount: 1200,
    currency: 'usd',
    interval: 'month',
    nickname: 'Gold',
    trial_period_days: 7,
    product: { name: 'Gold', metadata: { of: 'plan' } },
  })
  expect(plan).toMatchObject({
    id: 'gold',
    object: 'plan',
    amount: 1200,
    interval: 'month',
    interval_count: 1,
    trial_period_days: 7,
    usage_type: 'licensed',
  })
  expect((await eventsSince(before)).map(({ type }) => type)).toEqual([
    'product.created',
    'plan.created',
    'price.created',
  ])
  expect(await stripe.prices.retrieve('gold', { expand: ['product'] })).toMatchObject({
    object: 'price',
    unit_amount: 1200,
    product: { name: 'Gold', metadata: { of: 'plan' } },
  })
  expect(await stripe.plans.retrieve(catalog.proYearly.id)).toMatchObject({
    object: 'plan',
    amount: 19_000,
    interval: 'year',
    product: catalog.pro.id,
  })
  await stripe.plans.update('gold', { nickname: 'Golden', metadata: { a: 'b' } })
  expect(await stripe.prices.retrieve('gold')).toMatchObject({
    nickname: 'Golden',
    metadata: { a: 'b' },
  })
  const once = await stripe.prices.create({
    product: catalog.pro.id,
    currency: 'usd',
    unit_amount: 1,
  })
  expect((await stripe.plans.list({ product: catalog.pro.id })).data.map(({ id }) => id)).toEqual([
    catalog.proYearly.id,
    catalog.proMonthly.id,
  ])
  await expect(stripe.plans.retrieve(once.id)).rejects.toMatchObject({ statusCode: 404 })
})

test('a plan by tiers shows them when asked, and is billed by them', async () => {
  const { stripe, catalog } = story
  const { id } = await stripe.plans.create({
    currency: 'usd',
    interval: 'month',
    product: catalog.pro.id,
    billing_scheme: 'tiered',
    tiers_mode: 'volume',
    tiers: [
      { up_to: 5, unit_amount: 100 },
      { up_to: 'inf', unit_amount: 50 },
    ],
  })
  expect(await stripe.plans.retrieve(id)).not.toHaveProperty('tiers')
  const shown = await stripe.plans.retrieve(id, { expand: ['tiers', 'product'] })
  expect(shown).toMatchObject({ tiers: [{ up_to: 5 }, { up_to: null }], product: { name: 'Pro' } })
  const subscription = await stripe.subscriptions.create({
    customer: await payer(),
    items: [{ plan: id, quantity: 8 }],
    expand: ['latest_invoice'],
  })
  expect((subscription.latest_invoice as Stripe.Invoice).total).toBe(400)
})

test('a subscriber keeps a plan that is deleted, and no new subscription can begin with it', async () => {
  const { stripe, catalog, advance, lastEvent, eventsSince } = story
  const { id: plan } = await stripe.plans.create({
    amount: 700,
    currency: 'usd',
    interval: 'week',
    product: catalog.pro.id,
  })
  const { id } = await stripe.subscriptions.create({
    customer: await payer(),
    items: [{ plan }],
  })
  const before = await lastEvent()
  expect(await stripe.plans.del(plan)).toEqual({ id: plan, object: 'plan', deleted: true })
  expect((await eventsSince(before)).map(({ type }) => type)).toEqual([
    'plan.deleted',
    'price.deleted',
  ])
  await expect(stripe.plans.retrieve(plan)).rejects.toMatchObject({
    statusCode: 404,
    code: 'resource_missing',
  })
  expect((await stripe.plans.list()).data.map((row) => row.id)).not.toContain(plan)
  await advance(8 * 86_400)
  expect((await stripe.invoices.list({ subscription: id })).data).toHaveLength(2)
  const customer = await payer()
  await expect(stripe.subscriptions.create({ customer, items: [{ plan }] })).rejects.toMatchObject({
    statusCode: 400,
  })
})

test('a plan is refused for what it lacks, by the names of its own parameters', async () => {
  const { stripe, catalog } = story
  const base = { currency: 'usd', interval: 'month' as const, product: catalog.pro.id }
  await expect(stripe.plans.create(base)).rejects.toMatchObject({ param: 'amount' })
  await expect(
    stripe.plans.create({ ...base, amount: 1, usage_type: 'metered' }),
  ).rejects.toMatchObject({ param: 'meter' })
  const { product: _product, ...without } = base
  await expect(stripe.plans.create({ ...without, amount: 1 })).rejects.toMatchObject({
    param: 'product',
  })
  await stripe.plans.create({ ...base, amount: 1, id: 'one' })
  await expect(stripe.plans.create({ ...base, amount: 1, id: 'one' })).rejects.toMatchObject({
    code: 'resource_already_exists',
  })
})
