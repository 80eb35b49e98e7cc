import { type Calls, payer } from './app'
import { subscriber } from './subscriber'

const DAY = 86_400

/** Invoices: previews of every kind, what was paid, what was not, and money that goes back. */
export const callInvoices: Calls = async (app) => {
  const { stripe, sandbox, proMonthly, studioMonthly } = app
  const { customer, id, item } = await subscriber(app)
  const preview = {
    customer,
    subscription: id,
    subscription_details: {
      items: [{ id: item, price: studioMonthly.id }],
      proration_behavior: 'always_invoice' as const,
      proration_date: sandbox.clock.now(),
    },
  }
  await stripe.invoices.createPreview(preview)
  await stripe.invoices.createPreview({ customer, subscription: id })
  await stripe.invoices.createPreview({
    customer,
    subscription: id,
    subscription_details: { cancel_now: true },
  })
  await stripe.invoices.createPreview({
    customer,
    subscription: id,
    subscription_details: { billing_cycle_anchor: { type: 'now' } },
  })
  await stripe.invoices.createPreview({
    customer,
    subscription: id,
    subscription_details: { trial_end: sandbox.clock.now() + DAY },
  })
  await stripe.invoices.createPreview({
    customer,
    subscription_details: { items: [{ price: proMonthly.id }] },
    preview_mode: 'next',
  })
  const listed = await stripe.invoices.list({
    customer,
    subscription: id,
    status: 'paid',
    limit: 24,
  })
  const paid = listed.data[0]?.id ?? ''
  const invoice = await stripe.invoices.retrieve(paid, {
    expand: ['payments.data.payment.payment_intent', 'confirmation_secret'],
  })
  await stripe.invoices.listLineItems(paid)
  const payment = invoice.payments?.data[0]
  const intent = payment?.payment.payment_intent
  const intentId = typeof intent === 'object' ? intent.id : ''
  await stripe.invoicePayments.retrieve(payment?.id ?? '')
  await stripe.invoicePayments.list({
    payment: { type: 'payment_intent', payment_intent: intentId },
    status: 'paid',
  })
  await stripe.paymentIntents.retrieve(intentId, { expand: ['latest_charge', 'payment_method'] })
  await stripe.paymentIntents.list({ customer })
  const charge = (await stripe.charges.list({ customer })).data[0]?.id ?? ''
  await stripe.charges.retrieve(charge, { expand: ['refunds'] })
  const refund = await stripe.refunds.create({ payment_intent: intentId, amount: 500 })
  await stripe.refunds.retrieve(refund.id, { expand: ['charge'] })
  await stripe.refunds.update(refund.id, { metadata: { why: 'kind' } })
  await stripe.refunds.list({ charge })
  await callOpenInvoices(app)
}

/** A renewal that the card refuses: paid by another card, given up, and disputed. */
const callOpenInvoices: Calls = async ({ stripe, sandbox, proMonthly }) => {
  const waiting = async () => {
    const buyer = await payer(stripe)
    const { id, latest_invoice } = await stripe.subscriptions.create({
      customer: buyer.customer,
      items: [{ price: proMonthly.id }],
      payment_behavior: 'default_incomplete',
    })
    return { ...buyer, id, invoice: String(latest_invoice) }
  }
  const first = await waiting()
  await stripe.invoices.pay(first.invoice, { payment_method: first.card })
  const second = await waiting()
  await stripe.invoices.voidInvoice(second.invoice)
  for (const _ of ['lost', 'won']) {
    const { customer } = await payer(stripe, 'pm_card_createDispute')
    await stripe.subscriptions.create({ customer, items: [{ price: proMonthly.id }] })
  }
  sandbox.clock.shift(DAY)
  sandbox.scheduler.settle()
  const { data } = await stripe.disputes.list()
  const [dispute = '', other = ''] = data.map(({ id }) => id)
  await stripe.disputes.retrieve(dispute)
  await stripe.disputes.update(other, { evidence: { uncategorized_text: 'winning_evidence' } })
  await stripe.disputes.update(dispute, {
    evidence: { uncategorized_text: 'They did use it' },
    submit: false,
  })
  await stripe.disputes.close(dispute)
}
