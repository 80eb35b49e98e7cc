import type Stripe from 'stripe'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { payCheckout } from '@/sandbox/lifecycle/checkout/pay'
import { startStory } from '@/sandbox/test/story'
import { card, openCheckout } from '@/sandbox/test/world'
import { answerChallenge } from './answer-challenge'

const HOUR = 3600
const ASKS = 'pm_card_authenticationRequired'
// None of these is emitted for a payment whose cardholder has only been asked.
const DECLINES = ['charge.failed', 'payment_intent.payment_failed']

let story: Awaited<ReturnType<typeof startStory>>

beforeEach(async () => {
  story = await startStory()
})

afterEach(() => story.stop())

describe('a first payment whose bank asks', () => {
  test('is no decline: the intent waits for the cardholder, and nothing was attempted', async () => {
    const customer = await payer()
    const before = await story.lastEvent()
    const created = await story.stripe.subscriptions.create({
      customer,
      items: [{ price: story.catalog.proMonthly.id }],
    })
    expect(created.status).toBe('incomplete')
    expect(await waits(created.id)).toMatchObject({ attempt_count: 0, attempted: false })
    expect(await types(before)).toEqual([
      'customer.updated',
      'customer.subscription.created',
      'payment_intent.requires_action',
      'payment_intent.created',
      'invoice.created',
      'invoice.finalized',
      'invoice.payment_action_required',
    ])
  })

  test('with `error_if_incomplete` is refused by name, and begins nothing', async () => {
    const customer = await payer()
    const asked = story.stripe.subscriptions.create({
      customer,
      items: [{ price: story.catalog.proMonthly.id }],
      payment_behavior: 'error_if_incomplete',
    })
    await expect(asked).rejects.toMatchObject({
      statusCode: 402,
      code: 'subscription_payment_intent_requires_action',
    })
    expect((await story.stripe.subscriptions.list({ customer, status: 'all' })).data).toEqual([])
  })

  test('at Checkout leaves the session open until the cardholder has answered, and emits no decline', async () => {
    const { session } = await openCheckout(story.stripe, story.catalog.proMonthly.id)
    const before = await story.lastEvent()
    const asked = await payCheckout(story.sandbox, session.id, card('4000002760003184'))
    expect(asked.kind).toBe('requires_action')
    expect(await types(before)).toEqual([])
    if (asked.kind !== 'requires_action') throw new Error('The bank did not ask.')
    await answerChallenge(story.sandbox, asked.challenge, 'complete')
    expect((await types(before)).filter((type) => DECLINES.includes(type))).toEqual([])
    expect(await story.stripe.checkout.sessions.retrieve(session.id)).toMatchObject({
      status: 'complete',
      payment_status: 'paid',
    })
  })
})

describe('an update whose bank asks', () => {
  test('by `allow_incomplete` is made, and past due', async () => {
    const { id, upgrade } = await asksFromNowOn()
    const before = await story.lastEvent()
    expect(await upgrade('allow_incomplete')).toMatchObject({ status: 'past_due' })
    expect(await waits(id)).toMatchObject({ attempt_count: 0 })
    expect(await types(before)).not.toContain('invoice.payment_failed')
  })

  test('by `pending_if_incomplete` waits for it', async () => {
    const { id, upgrade } = await asksFromNowOn()
    const updated = await upgrade('pending_if_incomplete')
    expect(updated).toMatchObject({ status: 'active', pending_update: expect.anything() })
    await waits(id)
  })

  test('by `error_if_incomplete` changes nothing', async () => {
    const { id, upgrade } = await asksFromNowOn()
    const before = await story.lastEvent()
    await expect(upgrade('error_if_incomplete')).rejects.toMatchObject({
      statusCode: 402,
      code: 'subscription_payment_intent_requires_action',
    })
    expect(await types(before)).toEqual([])
    expect(await story.stripe.subscriptions.retrieve(id)).toMatchObject({ status: 'active' })
  })

  test('by `default_incomplete` is not even tried', async () => {
    const { id, upgrade } = await asksFromNowOn()
    expect(await upgrade('default_incomplete')).toMatchObject({ status: 'past_due' })
    const [intent] = await intentsOf(id)
    expect(intent).toMatchObject({ status: 'requires_payment_method', latest_charge: null })
  })
})

test('a renewal whose bank asks is an attempt that failed, and no decline', async () => {
  const { id, end, start } = await asksFromNowOn()
  await story.advance(end - start + HOUR - 300)
  const before = await story.lastEvent()
  await story.advance(600)
  expect(await types(before)).toEqual([
    'invoice.finalized',
    'payment_intent.requires_action',
    'payment_intent.created',
    'invoice.payment_failed',
    'invoice.payment_action_required',
    'invoice.updated',
    'customer.subscription.updated',
  ])
  expect(await story.stripe.subscriptions.retrieve(id)).toMatchObject({ status: 'past_due' })
  const invoice = await waits(id)
  expect(invoice).toMatchObject({ attempt_count: 1, next_payment_attempt: expect.any(Number) })
})

test('an invoice that is paid by hand with a card whose bank asks says which intent to go on with', async () => {
  const customer = await payer('pm_card_chargeCustomerFail')
  const { id, latest_invoice } = await story.stripe.subscriptions.create({
    customer,
    items: [{ price: story.catalog.proMonthly.id }],
  })
  const { id: payment_method } = await story.stripe.paymentMethods.attach(ASKS, { customer })
  await expect(
    story.stripe.invoices.pay(String(latest_invoice), { payment_method }),
  ).rejects.toMatchObject({ statusCode: 402, code: 'invoice_payment_intent_requires_action' })
  const [intent] = await intentsOf(id)
  // The charge of the first card stays the latest; its error is over.
  expect(intent).toMatchObject({ status: 'requires_action', last_payment_error: null })
})

async function payer(testMethod = ASKS): Promise<string> {
  const { id } = await story.stripe.customers.create({ name: 'Ana' })
  const method = await story.stripe.paymentMethods.attach(testMethod, { customer: id })
  await story.stripe.customers.update(id, {
    invoice_settings: { default_payment_method: method.id },
  })
  return id
}

/** A subscriber to Pro, whose bank asks from now on, and the upgrade to Studio. */
async function asksFromNowOn() {
  const { customer, subscription, item, start, end } = await story.subscribe()
  await story.swapCard(customer.id, subscription.id, ASKS)
  const upgrade = (payment_behavior: Stripe.SubscriptionUpdateParams.PaymentBehavior) =>
    story.stripe.subscriptions.update(subscription.id, {
      items: [{ id: item, price: story.catalog.studioMonthly.id }],
      proration_behavior: 'always_invoice',
      payment_behavior,
    })
  return { id: subscription.id, start, end, upgrade }
}

/** The latest invoice, whose intent has been seen to wait for the cardholder. */
async function waits(subscription: string): Promise<Stripe.Invoice> {
  const [intent] = await intentsOf(subscription)
  expect(intent).toMatchObject({
    status: 'requires_action',
    next_action: { type: 'use_stripe_sdk' },
    payment_method: expect.stringMatching(/^pm_/),
    latest_charge: null,
    last_payment_error: null,
  })
  const { latest_invoice } = await story.stripe.subscriptions.retrieve(subscription)
  return story.stripe.invoices.retrieve(String(latest_invoice))
}

async function intentsOf(subscription: string) {
  const { latest_invoice } = await story.stripe.subscriptions.retrieve(subscription)
  const { data } = await story.stripe.invoicePayments.list({ invoice: String(latest_invoice) })
  const ids = data.map(({ payment }) => String(payment.payment_intent))
  return Promise.all(ids.map((id) => story.stripe.paymentIntents.retrieve(id)))
}

async function types(since: string | undefined): Promise<string[]> {
  return (await story.eventsSince(since)).map(({ type }) => type)
}
