import type Stripe from 'stripe'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { setDunning } from '@/sandbox/lifecycle/dunning/policy'
import { startStory } from '@/sandbox/test/story'

const DAY = 86_400

let story: Awaited<ReturnType<typeof startStory>>

beforeEach(async () => {
  story = await startStory()
})

afterEach(() => story.stop())

test('an unpaid subscription comes back when its last draft is finalized and paid', async () => {
  const { id, customer } = await refusedRenewal('mark_unpaid', 40)
  await story.swapCard(customer, id, 'pm_card_visa')
  const draft = await latestOf(id)
  expect(draft).toMatchObject({ status: 'draft', auto_advance: false })
  const before = await story.lastEvent()
  const open = await story.stripe.invoices.finalizeInvoice(draft.id)
  expect(open).toMatchObject({ status: 'open', auto_advance: false, next_payment_attempt: null })
  await story.advance(9 * DAY)
  expect(await story.stripe.subscriptions.retrieve(id)).toMatchObject({ status: 'unpaid' })
  expect(await story.stripe.invoices.pay(draft.id)).toMatchObject({ status: 'paid' })
  expect(await story.stripe.subscriptions.retrieve(id)).toMatchObject({ status: 'active' })
  const emitted = await story.eventsSince(before)
  expect(emitted.map(({ type }) => type)).toEqual(
    expect.arrayContaining(['invoice.finalized', 'payment_intent.created', 'invoice.paid']),
  )
  const update = emitted.find(({ type }) => type === 'customer.subscription.updated')
  expect(update?.data.previous_attributes).toEqual({ status: 'unpaid' })
  const [first] = (await story.stripe.invoices.list({ subscription: id, status: 'open' })).data
  expect(first?.id).not.toBe(draft.id)
})

test('a draft that goes on by itself is charged right after it is finalized, not an hour later', async () => {
  const draft = await renewalDraft()
  const before = await story.lastEvent()
  await story.stripe.invoices.finalizeInvoice(draft.id)
  await story.advance(1)
  expect(await story.stripe.invoices.retrieve(draft.id)).toMatchObject({
    status: 'paid',
    attempt_count: 1,
  })
  const emitted = await story.eventsSince(before)
  expect(emitted.filter(({ type }) => type === 'payment_intent.created')).toHaveLength(1)
  const charged = emitted.find(({ type }) => type === 'invoice.paid')
  expect(charged?.request).toEqual({ id: null, idempotency_key: null })
})

test('a draft that is finalized without going on by itself waits until it is paid by hand', async () => {
  const draft = await renewalDraft()
  await story.stripe.invoices.finalizeInvoice(draft.id, { auto_advance: false })
  await story.advance(5 * DAY)
  expect(await story.stripe.invoices.retrieve(draft.id)).toMatchObject({
    status: 'open',
    attempt_count: 0,
  })
})

test('while collection is paused, a draft that is finalized by hand is not charged', async () => {
  const draft = await renewalDraft('mark_uncollectible')
  expect(await story.stripe.invoices.finalizeInvoice(draft.id)).toMatchObject({
    status: 'uncollectible',
  })
})

test('a draft that a credit pays for is paid when it is finalized', async () => {
  const draft = await renewalDraft()
  await story.stripe.customers.update(String(draft.customer), { balance: -5000 })
  expect(await story.stripe.invoices.finalizeInvoice(draft.id)).toMatchObject({
    status: 'paid',
    amount_due: 0,
  })
})

test('an invoice is finalized once', async () => {
  const draft = await renewalDraft()
  await story.stripe.invoices.finalizeInvoice(draft.id)
  await expect(story.stripe.invoices.finalizeInvoice(draft.id)).rejects.toMatchObject({
    statusCode: 400,
    code: 'invoice_not_editable',
  })
})

test('a subscription goes on when the invoice it waited for is given up as a bad debt', async () => {
  const { id, invoice } = await refusedRenewal('cancel', 1)
  const before = await story.lastEvent()
  const given = await story.stripe.invoices.markUncollectible(invoice.id)
  expect(given).toMatchObject({
    status: 'uncollectible',
    auto_advance: false,
    next_payment_attempt: null,
    status_transitions: { marked_uncollectible_at: expect.any(Number) },
  })
  expect(await story.stripe.subscriptions.retrieve(id)).toMatchObject({ status: 'active' })
  const emitted = await story.eventsSince(before)
  expect(emitted.map(({ type }) => type)).toEqual(
    expect.arrayContaining(['invoice.marked_uncollectible', 'invoice.updated']),
  )
  await story.advance(20 * DAY)
  expect(await story.stripe.invoices.retrieve(invoice.id)).toMatchObject({ attempt_count: 1 })
})

test('an incomplete subscription does not begin because its first invoice is given up', async () => {
  const customer = await story.stripe.customers.create()
  const made = await story.stripe.subscriptions.create({
    customer: customer.id,
    items: [{ price: story.catalog.proMonthly.id }],
    payment_behavior: 'default_incomplete',
  })
  await story.stripe.invoices.markUncollectible(String(made.latest_invoice))
  expect(await story.stripe.subscriptions.retrieve(made.id)).toMatchObject({ status: 'incomplete' })
})

test('a bad debt can still be paid, and stays one when the card refuses', async () => {
  const { id, customer, invoice } = await refusedRenewal('cancel', 1)
  await story.stripe.invoices.markUncollectible(invoice.id)
  await expect(story.stripe.invoices.pay(invoice.id)).rejects.toMatchObject({ statusCode: 402 })
  expect(await story.stripe.invoices.retrieve(invoice.id)).toMatchObject({
    status: 'uncollectible',
  })
  await story.swapCard(customer, id, 'pm_card_visa')
  expect(await story.stripe.invoices.pay(invoice.id)).toMatchObject({ status: 'paid' })
})

test('only what is open can become a bad debt', async () => {
  const draft = await renewalDraft()
  await expect(story.stripe.invoices.markUncollectible(draft.id)).rejects.toMatchObject({
    code: 'invoice_not_editable',
  })
})

test('an invoice that is sent emits its event, a draft is finalized first, and what is void is refused', async () => {
  const draft = await renewalDraft()
  const before = await story.lastEvent()
  expect(await story.stripe.invoices.sendInvoice(draft.id)).toMatchObject({ status: 'open' })
  const emitted = await story.eventsSince(before)
  expect(emitted.map(({ type }) => type)).toEqual(
    expect.arrayContaining(['invoice.finalized', 'invoice.sent']),
  )
  const { invoice } = await refusedRenewal('cancel', 1)
  await story.stripe.invoices.voidInvoice(invoice.id)
  await expect(story.stripe.invoices.sendInvoice(invoice.id)).rejects.toMatchObject({
    code: 'invoice_not_editable',
  })
})

/** The draft of a renewal, in its first minute. */
async function renewalDraft(
  behavior?: Stripe.SubscriptionUpdateParams.PauseCollection['behavior'],
): Promise<Stripe.Invoice> {
  const { subscription, start, end } = await story.subscribe()
  if (behavior)
    await story.stripe.subscriptions.update(subscription.id, { pause_collection: { behavior } })
  await story.advance(end - start + 60)
  return latestOf(subscription.id)
}

/** A subscriber whose renewal is refused, so many days later. */
async function refusedRenewal(after: 'cancel' | 'mark_unpaid', days: number) {
  story.sandbox.change(null, (tx) => setDunning(tx, { after_retries: after }))
  const { customer, subscription, start, end } = await story.subscribe()
  await story.swapCard(customer.id, subscription.id, 'pm_card_chargeCustomerFail')
  await story.advance(end - start + days * DAY)
  return {
    id: subscription.id,
    customer: customer.id,
    invoice: await latestOf(subscription.id),
  }
}

async function latestOf(id: string): Promise<Stripe.Invoice> {
  const { latest_invoice: latest } = await story.stripe.subscriptions.retrieve(id)
  return story.stripe.invoices.retrieve(String(latest))
}
