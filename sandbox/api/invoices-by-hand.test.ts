import type Stripe from 'stripe'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { startStory } from '@/sandbox/test/story'

const HOUR = 3600

let story: Awaited<ReturnType<typeof startStory>>

beforeEach(async () => {
  story = await startStory()
})

afterEach(() => story.stop())

describe('an invoice that is made by hand', () => {
  test('has lines, is finalized, and is paid by the card', async () => {
    const { stripe } = story
    const customer = await payer()
    const draft = await stripe.invoices.create({ customer })
    expect(draft).toMatchObject({ status: 'draft', billing_reason: 'manual', parent: null })
    const filled = await stripe.invoices.addLines(draft.id, {
      lines: [{ amount: 500, description: 'Work' }],
    })
    expect(filled).toMatchObject({ total: 500, lines: { data: [{ description: 'Work' }] } })
    await stripe.invoices.finalizeInvoice(draft.id)
    expect(await stripe.invoices.pay(draft.id)).toMatchObject({ status: 'paid', amount_paid: 500 })
  })

  test('is finalized by being paid while it is a draft, and is not retried when the card refuses', async () => {
    const { stripe, lastEvent, eventsSince, advance } = story
    const customer = await payer()
    await stripe.invoiceItems.create({ customer, amount: 300, currency: 'usd' })
    const include = { customer, pending_invoice_items_behavior: 'include' } as const
    const draft = await stripe.invoices.create({ ...include, auto_advance: true })
    const before = await lastEvent()
    expect(await stripe.invoices.pay(draft.id)).toMatchObject({ status: 'paid', amount_paid: 300 })
    const emitted = (await eventsSince(before)).map(({ type }) => type)
    expect(emitted.indexOf('invoice.finalized')).toBeLessThan(emitted.indexOf('invoice.paid'))
    expect(emitted).toContain('invoice.finalized')
    const empty = await stripe.invoices.create(include)
    expect(await stripe.invoices.pay(empty.id)).toMatchObject({ status: 'paid', amount_paid: 0 })
    const refusing = await stripe.paymentMethods.attach('pm_card_chargeCustomerFail', { customer })
    await stripe.invoiceItems.create({ customer, amount: 400, currency: 'usd' })
    const { id } = await stripe.invoices.create(include)
    await expect(stripe.invoices.pay(id, { payment_method: refusing.id })).rejects.toMatchObject({
      statusCode: 402,
    })
    await advance(HOUR)
    expect(await stripe.invoices.retrieve(id)).toMatchObject({ status: 'open', attempt_count: 1 })
  })

  test('takes what waits, when its parameter says so, and lets it wait again when it is thrown away', async () => {
    const { stripe } = story
    const customer = await payer()
    await stripe.invoiceItems.create({ customer, amount: 300, currency: 'usd' })
    expect((await stripe.invoices.create({ customer })).total).toBe(0)
    const draft = await stripe.invoices.create({
      customer,
      pending_invoice_items_behavior: 'include',
    })
    expect(draft.total).toBe(300)
    await stripe.invoices.del(draft.id)
    expect((await stripe.invoiceItems.list({ customer, pending: true })).data).toHaveLength(1)
  })

  test('that advances by itself is charged after its hour', async () => {
    const { stripe, advance } = story
    const customer = await payer()
    await stripe.invoiceItems.create({ customer, amount: 300, currency: 'usd' })
    const draft = await stripe.invoices.create({
      customer,
      auto_advance: true,
      pending_invoice_items_behavior: 'include',
    })
    await advance(2 * HOUR)
    expect(await stripe.invoices.retrieve(draft.id)).toMatchObject({ status: 'paid' })
  })
})

describe('a credit note', () => {
  test('of a paid invoice goes to the card or to the balance', async () => {
    const { stripe } = story
    const { customer, subscription } = await story.subscribe()
    const invoice = String(subscription.latest_invoice)
    const refunded = await stripe.creditNotes.create({ invoice, amount: 400, refund_amount: 400 })
    expect(refunded).toMatchObject({
      type: 'post_payment',
      total: 400,
      refunds: [{ amount_refunded: 400 }],
    })
    await stripe.creditNotes.create({ invoice, amount: 100, credit_amount: 100 })
    expect((await stripe.customers.retrieve(customer.id)) as Stripe.Customer).toMatchObject({
      balance: -100,
    })
    const { data } = await stripe.customers.listBalanceTransactions(customer.id)
    expect(data[0]).toMatchObject({ amount: -100, type: 'credit_note', ending_balance: -100 })
    await expect(
      stripe.creditNotes.create({ invoice, amount: 1500, refund_amount: 1500 }),
    ).rejects.toMatchObject({ param: 'amount' })
  })

  test('of an open invoice makes less of it', async () => {
    const { stripe } = story
    const customer = await payer()
    const { id } = await stripe.invoices.create({ customer })
    await stripe.invoices.addLines(id, { lines: [{ amount: 500, description: 'Work' }] })
    await stripe.invoices.finalizeInvoice(id)
    await stripe.creditNotes.create({ invoice: id, amount: 200 })
    expect(await stripe.invoices.retrieve(id)).toMatchObject({ amount_remaining: 300 })
    expect(await stripe.invoices.pay(id)).toMatchObject({ status: 'paid', amount_paid: 300 })
  })
})

test('a customer can be given credit, which the next invoice uses', async () => {
  const { stripe, catalog } = story
  const customer = await payer()
  await stripe.customers.createBalanceTransaction(customer, { amount: -500, currency: 'usd' })
  const invoice = await firstInvoice({ customer, items: [{ price: catalog.proMonthly.id }] })
  expect(invoice).toMatchObject({ total: 1900, amount_due: 1400, starting_balance: -500 })
  const { data } = await stripe.customers.listBalanceTransactions(customer)
  expect(data.map(({ type, amount }) => [type, amount])).toEqual([
    ['applied_to_invoice', 500],
    ['adjustment', -500],
  ])
  const shown = (await stripe.customers.retrieve(customer, {
    expand: ['invoice_credit_balance', 'cash_balance'],
  })) as Stripe.Customer
  expect(shown).toMatchObject({ invoice_credit_balance: {}, cash_balance: { available: null } })
})

async function payer(): Promise<string> {
  const { id } = await story.stripe.customers.create({
    payment_method: 'pm_card_visa',
    invoice_settings: { default_payment_method: 'pm_card_visa' },
  })
  return id
}

async function firstInvoice(asked: Stripe.SubscriptionCreateParams): Promise<Stripe.Invoice> {
  return latest((await story.stripe.subscriptions.create(asked)).id)
}

async function latest(subscription: string): Promise<Stripe.Invoice> {
  const { latest_invoice } = await story.stripe.subscriptions.retrieve(subscription, {
    expand: ['latest_invoice'],
  })
  return latest_invoice as Stripe.Invoice
}
