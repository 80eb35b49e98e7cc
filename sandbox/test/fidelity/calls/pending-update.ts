import type { App, Calls } from './app'
import { subscriber } from './subscriber'

const DAY = 86_400

/** Upgrades that the card refuses: one is paid by another card, one stays unpaid. */
export const callPendingUpdates: Calls = async (app) => {
  const { stripe, sandbox } = app
  const paid = await refusedUpgrade(app)
  await stripe.invoices.pay(paid.invoice, { payment_method: paid.card })
  await stripe.subscriptions.retrieve(paid.id)
  const left = await refusedUpgrade(app)
  sandbox.clock.shift(DAY)
  sandbox.scheduler.settle()
  await stripe.subscriptions.retrieve(left.id)
}

async function refusedUpgrade(app: App) {
  const { stripe, studioMonthly } = app
  const { customer, card, id, item } = await subscriber(app)
  const bad = await stripe.paymentMethods.attach('pm_card_chargeCustomerFail', { customer })
  await stripe.subscriptions.update(id, { default_payment_method: bad.id })
  const held = await stripe.subscriptions.update(id, {
    items: [{ id: item, price: studioMonthly.id, quantity: 1 }],
    proration_behavior: 'always_invoice',
    payment_behavior: 'pending_if_incomplete',
  })
  return { id, card, invoice: String(held.latest_invoice) }
}
