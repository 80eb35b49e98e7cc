import { type Calls, payer } from './app'

const DAY = 86_400

/**
 * Weeks of a customer's life in a request: a test clock, its customer, a trial, its renewal, and
 * one that is not collected.
 */
export const callTestClocks: Calls = async ({ stripe, sandbox, proMonthly }) => {
  const frozen_time = sandbox.clock.now()
  const clock = await stripe.testHelpers.testClocks.create({ frozen_time, name: 'A month' })
  const { customer } = await payer(stripe, 'pm_card_visa', { test_clock: clock.id })
  const subscription = await stripe.subscriptions.create({
    customer,
    items: [{ price: proMonthly.id }],
    trial_period_days: 7,
  })
  await stripe.testHelpers.testClocks.advance(clock.id, { frozen_time: frozen_time + 9 * DAY })
  await stripe.testHelpers.testClocks.retrieve(clock.id)
  await stripe.subscriptions.retrieve(subscription.id, { expand: ['test_clock'] })
  await stripe.subscriptions.update(subscription.id, {
    pause_collection: { behavior: 'mark_uncollectible' },
  })
  await stripe.testHelpers.testClocks.advance(clock.id, { frozen_time: frozen_time + 40 * DAY })
  await stripe.invoices.list({ subscription: subscription.id, status: 'uncollectible' })
  await stripe.testHelpers.testClocks.list()
  await stripe.testHelpers.testClocks.del(clock.id)
}
