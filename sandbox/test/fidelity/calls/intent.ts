import type { Calls } from './app'

/** Money that is taken without an invoice: at once, later, or not at all. */
export const callIntents: Calls = async ({ stripe, url }) => {
  const { id: customer } = await stripe.customers.create()
  const { id: payment_method } = await stripe.paymentMethods.create({
    type: 'card',
    card: { token: 'tok_visa' },
  })
  const plain = { amount: 1000, currency: 'usd', customer }
  const made = await stripe.paymentIntents.create(plain)
  await stripe.paymentIntents.update(made.id, { payment_method, setup_future_usage: 'off_session' })
  await stripe.paymentIntents.confirm(made.id, { expand: ['latest_charge', 'payment_method'] })
  const held = await stripe.paymentIntents.create({
    ...plain,
    payment_method: 'pm_card_visa',
    capture_method: 'manual',
    confirm: true,
  })
  await stripe.paymentIntents.capture(held.id)
  const { id } = await stripe.paymentIntents.create(plain)
  await stripe.paymentIntents.cancel(id, { cancellation_reason: 'abandoned' })
  const asked = await stripe.paymentIntents.create({
    ...plain,
    payment_method: 'pm_card_authenticationRequired',
    confirm: true,
    return_url: 'http://app.test/back',
  })
  await fetch(`${url}/_sandbox/payment_intents/${asked.id}/authenticate`, { method: 'POST' })
}
