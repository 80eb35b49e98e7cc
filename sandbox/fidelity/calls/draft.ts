import { type Calls, subscriber } from './app'

/** A renewal's draft: an item more and one less, finalised by hand, sent, and given up. */
export const callDrafts: Calls = async (app) => {
  const { stripe, sandbox } = app
  const { id, end } = await subscriber(app)
  sandbox.clock.shift(end - sandbox.clock.now() + 60)
  sandbox.scheduler.settle()
  const draft = String((await stripe.subscriptions.retrieve(id)).latest_invoice)
  await stripe.invoices.finalizeInvoice(draft, { auto_advance: false })
  await stripe.invoices.sendInvoice(draft)
  await stripe.invoices.markUncollectible(draft)
}
