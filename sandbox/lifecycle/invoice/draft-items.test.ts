import type Stripe from 'stripe'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { startStory } from '@/sandbox/test/story'

const HOUR = 3600

let story: Awaited<ReturnType<typeof startStory>>

beforeEach(async () => {
  story = await startStory()
})

afterEach(() => story.stop())

test('what is added to a draft changes what is due, and emits events', async () => {
  const { draft, customer } = await renewalDraft()
  const before = await story.lastEvent()
  const item = await story.stripe.invoiceItems.create({
    customer,
    invoice: draft.id,
    amount: -400,
    currency: 'usd',
  })
  expect(item).toMatchObject({ invoice: draft.id, discountable: false })
  const emitted = await story.eventsSince(before)
  expect(emitted.map(({ type }) => type).sort()).toEqual(['invoice.updated', 'invoiceitem.created'])
  const update = emitted.find(({ type }) => type === 'invoice.updated')
  expect(update?.data.previous_attributes).toMatchObject({ total: 1900, amount_due: 1900 })
  await story.stripe.invoiceItems.update(item.id, { amount: -300 })
  expect(await story.stripe.invoices.retrieve(draft.id)).toMatchObject({
    total: 1600,
    amount_due: 1600,
    amount_remaining: 1600,
    subtotal: 1600,
  })
  await story.advance(HOUR)
  expect(await story.stripe.invoices.retrieve(draft.id)).toMatchObject({ amount_paid: 1600 })
})

test('an item that is deleted is off its draft, and gone', async () => {
  const { draft, customer } = await renewalDraft()
  const { id } = await story.stripe.invoiceItems.create({
    customer,
    invoice: draft.id,
    amount: 400,
    currency: 'usd',
  })
  const before = await story.lastEvent()
  expect(await story.stripe.invoiceItems.del(id)).toMatchObject({
    id,
    object: 'invoiceitem',
    deleted: true,
  })
  const emitted = await story.eventsSince(before)
  expect(emitted.map(({ type }) => type).sort()).toEqual(['invoice.updated', 'invoiceitem.deleted'])
  expect(await story.stripe.invoices.retrieve(draft.id)).toMatchObject({ total: 1900 })
  await expect(story.stripe.invoiceItems.retrieve(id)).rejects.toMatchObject({ statusCode: 404 })
})

test("a subscription's coupon counts for what is added, unless that is not discountable", async () => {
  const { stripe } = story
  const { draft, customer } = await renewalDraft(50)
  const add = (discountable: boolean) =>
    stripe.invoiceItems.create({
      customer,
      invoice: draft.id,
      amount: 1000,
      currency: 'usd',
      discountable,
    })
  await add(true)
  await add(false)
  expect(await stripe.invoices.retrieve(draft.id)).toMatchObject({
    subtotal: 3900,
    total: 2450,
    total_discount_amounts: [{ amount: 1450 }],
  })
})

test('what is on a finalized invoice is past changing, and nothing is added to it', async () => {
  const { draft, customer } = await renewalDraft()
  const { id } = await story.stripe.invoiceItems.create({
    customer,
    invoice: draft.id,
    amount: 400,
    currency: 'usd',
  })
  await story.advance(HOUR)
  const past = { statusCode: 400, code: 'invoice_not_editable' }
  await expect(story.stripe.invoiceItems.update(id, { amount: 1 })).rejects.toMatchObject(past)
  await expect(story.stripe.invoiceItems.del(id)).rejects.toMatchObject(past)
  await expect(
    story.stripe.invoiceItems.create({ customer, invoice: draft.id, amount: 1, currency: 'usd' }),
  ).rejects.toMatchObject(past)
})

/** The draft of a renewal in its first minute, with so much per cent off. */
async function renewalDraft(percent_off?: number) {
  const { customer, subscription, start, end } = await story.subscribe()
  if (percent_off) {
    const { id: coupon } = await story.stripe.coupons.create({ percent_off, duration: 'forever' })
    await story.stripe.subscriptions.update(subscription.id, { discounts: [{ coupon }] })
  }
  await story.advance(end - start + 60)
  return { customer: customer.id, draft: await latestOf(subscription.id) }
}

async function latestOf(id: string): Promise<Stripe.Invoice> {
  const { latest_invoice: latest } = await story.stripe.subscriptions.retrieve(id)
  return story.stripe.invoices.retrieve(String(latest))
}
