import type Stripe from 'stripe'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { payCheckout } from '@/sandbox/lifecycle/checkout/pay'
import { testMethodIds } from '@/sandbox/objects/test-methods'
import { startStory } from '@/sandbox/test/story'
import { card, openCheckout } from '@/sandbox/test/world'

const DAY = 86_400

let story: Awaited<ReturnType<typeof startStory>>

beforeEach(async () => {
  story = await startStory()
})

afterEach(() => story.stop())

describe('a bank debit at Checkout', () => {
  test('makes an active subscription whose open invoice waits for the bank', async () => {
    const { invoice, intent, subscription, session, since } = await debited('4000000000009219')
    expect(subscription).toMatchObject({
      status: 'active',
      default_payment_method: { type: 'us_bank_account', us_bank_account: { last4: '2227' } },
    })
    expect(invoice).toMatchObject({ status: 'open', amount_paid: 0, amount_remaining: 1900 })
    expect(intent).toMatchObject({ status: 'processing', last_payment_error: null })
    expect(intent.latest_charge).toMatchObject({
      status: 'pending',
      paid: false,
      captured: false,
      payment_method_details: { type: 'us_bank_account' },
    })
    expect(session).toMatchObject({ status: 'complete', payment_status: 'unpaid' })
    expect(await types(since)).toEqual([
      'charge.pending',
      'payment_method.attached',
      'checkout.session.completed',
      'customer.updated',
      'customer.subscription.created',
      'payment_intent.processing',
      'payment_intent.created',
      'invoice.created',
      'invoice.finalized',
    ])
  })

  test('that comes back makes the first invoice void, and leaves the subscription active', async () => {
    const { subscription, session } = await debited('4000000000009219')
    const before = await story.lastEvent()
    await story.advance(5 * DAY)
    expect(await types(before)).toEqual([
      'charge.failed',
      'payment_intent.payment_failed',
      'invoice.payment_failed',
      'invoice.updated',
      'payment_intent.canceled',
      'invoice.voided',
      'checkout.session.async_payment_failed',
    ])
    expect(await retrieve(subscription.id)).toMatchObject({
      status: 'active',
      latest_invoice: { status: 'void', amount_paid: 0, next_payment_attempt: null },
    })
    expect(await story.stripe.checkout.sessions.retrieve(session.id)).toMatchObject({
      payment_status: 'unpaid',
    })
  })

  test('that goes through pays it though it was given up meanwhile', async () => {
    const { subscription, invoice } = await debited('4000000000009201')
    await story.stripe.invoices.markUncollectible(String(invoice.id))
    const before = await story.lastEvent()
    await story.advance(5 * DAY)
    expect(await types(before)).toContain('invoice.paid')
    expect(await retrieve(subscription.id)).toMatchObject({
      status: 'active',
      latest_invoice: { status: 'paid', amount_paid: 1900, amount_remaining: 0 },
    })
  })

  test('that comes back leaves it given up when it was', async () => {
    const { subscription, invoice } = await debited('4000000000009219')
    await story.stripe.invoices.markUncollectible(String(invoice.id))
    await story.advance(5 * DAY)
    expect(await retrieve(subscription.id)).toMatchObject({
      latest_invoice: { status: 'uncollectible', amount_paid: 0 },
    })
  })

  test('that goes through pays it', async () => {
    const { subscription, session } = await debited('4000000000009201')
    const before = await story.lastEvent()
    await story.advance(5 * DAY)
    expect(await types(before)).toEqual([
      'charge.succeeded',
      'payment_intent.succeeded',
      'invoice.paid',
      'invoice.payment_succeeded',
      'invoice_payment.paid',
      'invoice.updated',
      'checkout.session.async_payment_succeeded',
    ])
    expect(await retrieve(subscription.id)).toMatchObject({
      status: 'active',
      latest_invoice: { status: 'paid', amount_paid: 1900 },
    })
    expect(await story.stripe.checkout.sessions.retrieve(session.id)).toMatchObject({
      payment_status: 'paid',
    })
  })
})

test('a ready-made bank account attaches as a bank account, and a card as the card it is', async () => {
  const { id: customer } = await story.stripe.customers.create()
  const attach = (id: string) => story.stripe.paymentMethods.attach(id, { customer })
  expect(await attach('pm_usBankAccount_success')).toMatchObject({
    type: 'us_bank_account',
    us_bank_account: { bank_name: 'STRIPE TEST BANK', last4: '6789', routing_number: '110000000' },
  })
  expect((await attach('pm_card_amex')).card).toMatchObject({
    brand: 'amex',
    display_brand: 'american_express',
  })
  expect((await attach('pm_card_de')).card).toMatchObject({ country: 'DE', brand: 'visa' })
  expect((await attach('pm_card_visa_debit')).card).toMatchObject({ funding: 'debit' })
})

test('a payment method that does not exist is refused by its name', async () => {
  const { id: customer } = await story.stripe.customers.create()
  await expect(
    story.stripe.paymentMethods.attach('pm_card_unknown', { customer }),
  ).rejects.toMatchObject({
    code: 'resource_missing',
    param: 'payment_method',
    message: "No such PaymentMethod: 'pm_card_unknown'",
  })
})

test("every ready-made method of Stripe's guide attaches, or is refused as a card is", async () => {
  const { id: customer } = await story.stripe.customers.create()
  expect(testMethodIds().length).toBeGreaterThan(44)
  for (const id of testMethodIds()) {
    const attached = await story.stripe.paymentMethods
      .attach(id, { customer })
      .catch((error: { statusCode: number }) => error.statusCode)
    if (/chargeDeclined(?!I?nsufficientFunds$)|chargeDeclinedInsufficientFunds/.test(id)) continue
    expect([id, typeof attached]).toEqual([id, 'object'])
  }
})

test('a charge that is paid is on the balance, less the fee, and has a receipt', async () => {
  const { customer } = await story.subscribe()
  const { data } = await story.stripe.charges.list({
    customer: customer.id,
    expand: ['data.balance_transaction'],
  })
  expect(data[0]).toMatchObject({
    receipt_url: expect.stringMatching(/^http/),
    balance_transaction: { amount: 1900, fee: 85, net: 1815, source: data[0]?.id, type: 'charge' },
  })
})

test('money that is given back to a card can take days, or come back', async () => {
  for (const [testMethod, first, then] of [
    ['pm_card_pendingRefund', 'pending', 'succeeded'],
    ['pm_card_refundFail', 'succeeded', 'failed'],
  ] as const) {
    const charge = await charged(testMethod)
    const refund = await story.stripe.refunds.create({ charge })
    expect(refund.status).toBe(first)
    await story.advance(5 * DAY)
    expect(await story.stripe.refunds.retrieve(refund.id)).toMatchObject({ status: then })
    expect(await story.stripe.charges.retrieve(charge)).toMatchObject({
      refunded: then === 'succeeded',
    })
  }
})

async function charged(testMethod: string): Promise<string> {
  const { id: customer } = await story.stripe.customers.create()
  const method = await story.stripe.paymentMethods.attach(testMethod, { customer })
  await story.stripe.subscriptions.create({
    customer,
    items: [{ price: story.catalog.proMonthly.id }],
    default_payment_method: method.id,
  })
  return (await story.stripe.charges.list({ customer })).data[0]?.id ?? ''
}

async function debited(number: string) {
  const { customer, session } = await openCheckout(story.stripe, story.catalog.proMonthly.id)
  const since = await story.lastEvent()
  await payCheckout(story.sandbox, session.id, card(number))
  const { data } = await story.stripe.subscriptions.list({
    customer: customer.id,
    expand: ['data.default_payment_method', 'data.latest_invoice.payments'],
  })
  const [subscription] = data
  const invoice = subscription?.latest_invoice as Stripe.Invoice
  const intent = await story.stripe.paymentIntents.retrieve(
    String(invoice.payments?.data[0]?.payment.payment_intent),
    { expand: ['latest_charge'] },
  )
  if (!subscription) throw new Error('Checkout made no subscription.')
  return {
    since,
    invoice,
    intent,
    subscription,
    session: await story.stripe.checkout.sessions.retrieve(session.id),
  }
}

function retrieve(id: string): Promise<Stripe.Subscription> {
  return story.stripe.subscriptions.retrieve(id, { expand: ['latest_invoice'] })
}

async function types(since: string | undefined): Promise<string[]> {
  return (await story.eventsSince(since)).map(({ type }) => type)
}
