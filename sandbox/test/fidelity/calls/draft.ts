import type { Calls } from './app'
import { subscriber } from './subscriber'

/** A renewal's draft: an item more and one less, finalized by hand, sent, and given up. */
export const callDrafts: Calls = async (app) => {
  const { stripe, sandbox, studio } = app
  const { customer, id, end } = await subscriber(app)
  const fee = await stripe.prices.create({
    product: studio.id,
    currency: 'usd',
    unit_amount: 700,
  })
  const pending = await stripe.invoiceItems.create({
    customer,
    subscription: id,
    pricing: { price: fee.id },
    quantity: 2,
    metadata: { why: 'setup' },
  })
  await stripe.invoiceItems.update(pending.id, { quantity: 1, description: 'Setup' })
  await stripe.invoiceItems.list({ customer, pending: true })
  await stripe.invoices.createPreview({ subscription: id })
  sandbox.clock.shift(end - sandbox.clock.now() + 60)
  sandbox.scheduler.settle()
  const draft = String((await stripe.subscriptions.retrieve(id)).latest_invoice)
  await stripe.invoiceItems.retrieve(pending.id, { expand: ['invoice', 'customer'] })
  const late = await stripe.invoiceItems.create({
    customer,
    invoice: draft,
    amount: -200,
    currency: 'usd',
  })
  await stripe.invoices.retrieve(draft)
  await stripe.invoiceItems.del(late.id)
  await stripe.invoices.finalizeInvoice(draft, { auto_advance: false })
  await stripe.invoices.sendInvoice(draft)
  await stripe.invoices.markUncollectible(draft)
}
