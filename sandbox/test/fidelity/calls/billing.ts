import { type App, type Calls, payer } from './app'
import { subscriber } from './subscriber'

const DAY = 86_400

/** What a business bills besides its plans: by hand, by use, by tiers, with taxes, and what it gives back. */
export const callBilling: Calls = async (app) => {
  // First what takes its time: events are only listed for a month.
  await usage(app)
  await sent(app)
  await taxes(app)
  await oneOff(app)
  await credits(app)
}

async function taxes({ stripe, proMonthly }: App) {
  const rate = await stripe.taxRates.create({
    display_name: 'VAT',
    inclusive: false,
    percentage: 19,
    country: 'DE',
    tax_type: 'vat',
  })
  await stripe.taxRates.update(rate.id, { description: 'Standard' })
  await stripe.taxRates.retrieve(rate.id)
  await stripe.taxRates.list({ active: true })
  const address = { country: 'DE', line1: 'Hauptstr. 1' }
  const { customer } = await payer(stripe, 'pm_card_visa', { address })
  const taxId = await stripe.customers.createTaxId(customer, {
    type: 'eu_vat',
    value: 'DE123456789',
  })
  await stripe.customers.retrieveTaxId(customer, taxId.id)
  await stripe.customers.listTaxIds(customer)
  await stripe.customers.deleteTaxId(customer, taxId.id)
  await stripe.customers.retrieve(customer, { expand: ['tax', 'tax_ids', 'cash_balance'] })
  const items = [{ price: proMonthly.id, tax_rates: [rate.id] }]
  await stripe.subscriptions.create({ customer, items, expand: ['latest_invoice'] })
  await stripe.subscriptions.create({
    customer,
    items: [{ price: proMonthly.id }],
    automatic_tax: { enabled: true },
    expand: ['latest_invoice'],
  })
}

async function oneOff({ stripe, pro }: App) {
  const { customer } = await payer(stripe)
  await stripe.customers.deleteDiscount(customer).catch(() => {})
  const draft = await stripe.invoices.create({ customer, description: 'Work', currency: 'usd' })
  const price_data = { currency: 'usd', product: pro.id, unit_amount: 700 }
  const filled = await stripe.invoices.addLines(draft.id, {
    lines: [
      { amount: 500, description: 'Hours' },
      { price_data, quantity: 2 },
    ],
  })
  const [first, second] = filled.lines.data
  await stripe.invoices.updateLineItem(draft.id, first?.id ?? '', { description: 'More hours' })
  await stripe.invoices.updateLines(draft.id, { lines: [{ id: first?.id ?? '', amount: 600 }] })
  await stripe.invoices.removeLines(draft.id, {
    lines: [{ id: second?.id ?? '', behavior: 'delete' }],
  })
  await stripe.invoices.update(draft.id, { footer: 'Thanks', metadata: { of: 'app' } })
  await stripe.invoices.finalizeInvoice(draft.id)
  await stripe.invoices.pay(draft.id, { paid_out_of_band: true })
  const other = await stripe.invoices.create({ customer, auto_advance: true })
  await stripe.invoices.del(other.id)
}

async function credits(app: App) {
  const { stripe } = app
  const { customer, subscription } = await subscriber(app)
  const invoice = String(subscription.latest_invoice)
  await stripe.creditNotes.preview({ invoice, amount: 100, refund_amount: 100 })
  const note = await stripe.creditNotes.create({ invoice, amount: 100, refund_amount: 100 })
  await stripe.creditNotes.create({ invoice, amount: 50, credit_amount: 50 })
  await stripe.creditNotes.retrieve(note.id, { expand: ['invoice'] })
  await stripe.creditNotes.update(note.id, { memo: 'Sorry' })
  await stripe.creditNotes.list({ invoice })
  await stripe.creditNotes.listLineItems(note.id)
  const open = await stripe.invoices.create({ customer, currency: 'usd' })
  await stripe.invoices.addLines(open.id, { lines: [{ amount: 900, description: 'Work' }] })
  await stripe.invoices.finalizeInvoice(open.id)
  const less = await stripe.creditNotes.create({ invoice: open.id, amount: 100 })
  await stripe.creditNotes.voidCreditNote(less.id)
  const row = await stripe.customers.createBalanceTransaction(customer, {
    amount: -500,
    currency: 'usd',
    description: 'A present',
  })
  await stripe.customers.updateBalanceTransaction(customer, row.id, { metadata: { of: 'app' } })
  await stripe.customers.retrieveBalanceTransaction(customer, row.id, { expand: ['customer'] })
  await stripe.customers.listBalanceTransactions(customer)
}

async function usage({ stripe, sandbox, pro }: App) {
  const { customer } = await payer(stripe)
  const meter = await stripe.billing.meters.create({
    display_name: 'Calls',
    event_name: 'calls',
    default_aggregation: { formula: 'sum' },
  })
  const price = await stripe.prices.create({
    product: pro.id,
    currency: 'usd',
    billing_scheme: 'tiered',
    tiers_mode: 'graduated',
    tiers: [
      { up_to: 10, unit_amount: 100 },
      { up_to: 'inf', unit_amount: 50, flat_amount: 5 },
    ],
    recurring: { interval: 'month', usage_type: 'metered', meter: meter.id },
    currency_options: { eur: { tiers: [{ up_to: 'inf', unit_amount: 90 }] } },
    expand: ['tiers', 'currency_options'],
  })
  const now = sandbox.clock.now()
  await stripe.subscriptions.create({ customer, items: [{ price: price.id }] })
  await stripe.billing.meterEvents.create({
    event_name: 'calls',
    payload: { stripe_customer_id: customer, value: '12' },
    timestamp: now,
  })
  const minute = now - (now % 60)
  await stripe.billing.meters.listEventSummaries(meter.id, {
    customer,
    start_time: minute - DAY,
    end_time: minute + DAY,
  })
  const lost = await payer(stripe, 'pm_card_visa', { address: { country: 'DE' } })
  await stripe.subscriptions.create({
    customer: lost.customer,
    items: [{ price: price.id }],
    automatic_tax: { enabled: true },
  })
  await stripe.customers.update(lost.customer, { address: '' })
  sandbox.clock.shift(40 * DAY)
  sandbox.scheduler.settle()
  await stripe.invoices.list({ customer })
}

async function sent({ stripe, sandbox, proMonthly, studio }: App) {
  const { id: customer } = await stripe.customers.create({ email: 'ana@example.test' })
  const { id } = await stripe.subscriptions.create({
    customer,
    items: [
      {
        price_data: {
          currency: 'usd',
          product: studio.id,
          unit_amount: 4200,
          recurring: { interval: 'month' },
        },
        metadata: { seat: 'one' },
      },
      { price: proMonthly.id, quantity: 2 },
    ],
    collection_method: 'send_invoice',
    days_until_due: 7,
    add_invoice_items: [{ price_data: { currency: 'usd', product: studio.id, unit_amount: 900 } }],
    billing_cycle_anchor: sandbox.clock.now() + 10 * DAY,
    backdate_start_date: sandbox.clock.now() - 10 * DAY,
  })
  sandbox.clock.shift(8 * DAY)
  sandbox.scheduler.settle()
  await stripe.subscriptions.retrieve(id, { expand: ['latest_invoice'] })
}
