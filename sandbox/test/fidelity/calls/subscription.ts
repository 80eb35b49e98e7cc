import { type Calls, payer } from './app'
import { subscriber } from './subscriber'

const DAY = 86_400

/** What an app changes of a subscription, from its first invoice to its end. */
export const callSubscriptions: Calls = async (app) => {
  const { stripe, sandbox, proYearly, studioMonthly } = app
  const { customer, card, id, item } = await subscriber(app)
  const now = sandbox.clock.now()
  await stripe.subscriptions.retrieve(id, {
    expand: [
      'items.data.price.product',
      'latest_invoice.payments',
      'latest_invoice.confirmation_secret',
      'customer',
      'default_payment_method',
      'discounts',
      'schedule',
      'pending_setup_intent',
    ],
  })
  await stripe.subscriptions.list({
    customer,
    status: 'all',
    limit: 100,
    expand: ['data.discounts', 'data.latest_invoice'],
  })
  await stripe.subscriptions.update(id, {
    metadata: { tier: 'pro' },
    default_payment_method: card,
    trial_settings: { end_behavior: { missing_payment_method: 'cancel' } },
    payment_settings: { save_default_payment_method: 'on_subscription' },
  })
  await stripe.subscriptions.search({ query: "metadata['tier']:'pro'" })
  await stripe.subscriptionItems.list({ subscription: id })
  await stripe.subscriptionItems.retrieve(item)
  const added = await stripe.subscriptionItems.create({
    subscription: id,
    price: studioMonthly.id,
    quantity: 2,
    metadata: { seats: 'extra' },
  })
  await stripe.subscriptionItems.update(added.id, {
    quantity: 1,
    metadata: { seats: '' },
    proration_behavior: 'always_invoice',
    payment_behavior: 'error_if_incomplete',
  })
  await stripe.subscriptionItems.del(added.id, { proration_behavior: 'none' })
  await stripe.subscriptions.update(id, {
    items: [{ id: item, price: studioMonthly.id, quantity: 1 }],
    proration_behavior: 'always_invoice',
    payment_behavior: 'pending_if_incomplete',
    proration_date: now,
  })
  await stripe.subscriptions.update(id, { items: [{ id: item, quantity: 3 }] })
  await stripe.subscriptions.update(id, { billing_cycle_anchor: { type: 'now' } })
  await stripe.subscriptions.update(id, { billing_cycle_anchor: { type: 'unchanged' } })
  await stripe.subscriptions.update(id, { cancel_at: 'max_period_end' })
  await stripe.subscriptions.update(id, { cancel_at: null })
  await stripe.subscriptions.update(id, { cancel_at: now + 9 * DAY })
  await stripe.subscriptions.update(id, { cancel_at: '' })
  await stripe.subscriptions.update(id, {
    cancel_at_period_end: true,
    cancellation_details: { feedback: 'unused', comment: 'Too busy' },
  })
  await stripe.subscriptions.update(id, { cancel_at_period_end: false })
  await stripe.subscriptions.update(id, {
    pause_collection: { behavior: 'void', resumes_at: now + DAY },
  })
  await stripe.subscriptions.update(id, { pause_collection: '' })
  await stripe.subscriptions.pause(id, {
    type: 'subscription',
    bill_for: {
      outstanding_usage_through: { type: 'now' },
      unused_time_from: { type: 'now' },
    },
  })
  await stripe.subscriptions.resume(id, {
    billing_cycle_anchor: { type: 'now' },
    payment_behavior: 'resume_on_payment_success',
  })
  await stripe.subscriptions.migrate(id, {
    billing_mode: { type: 'flexible', flexible: { proration_discounts: 'included' } },
  })
  await stripe.subscriptions.update(id, { trial_end: now + 9 * DAY })
  await stripe.subscriptions.update(id, { trial_end: 'now' })
  await stripe.subscriptions.cancel(id, {
    invoice_now: true,
    prorate: true,
    cancellation_details: { comment: 'Enough' },
  })

  const asked = await payer(stripe, 'pm_card_authenticationRequired')
  const items = [{ price: proYearly.id }]
  await stripe.subscriptions.create({
    customer: asked.customer,
    items,
    payment_behavior: 'default_incomplete',
    payment_settings: { save_default_payment_method: 'on_subscription' },
    expand: ['latest_invoice.confirmation_secret', 'pending_setup_intent'],
  })
  const old = await stripe.subscriptions.create({
    customer: asked.customer,
    items,
    billing_mode: { type: 'classic' },
  })
  await stripe.subscriptions.migrate(old.id, { billing_mode: { type: 'flexible' } })
  await stripe.subscriptions.create({
    customer: asked.customer,
    items,
    trial_period_days: 7,
    description: 'On trial',
    cancel_at_period_end: true,
  })
}
