import type { Calls } from './app'
import { subscriber } from './subscriber'

/** A downgrade at the end of the period, taken back, and one that is canceled with everything. */
export const callSchedules: Calls = async (app) => {
  const { stripe, proYearly } = app
  const own = await subscriber(app)
  const made = await stripe.subscriptionSchedules.create({ from_subscription: own.id })
  const [phase] = made.phases
  if (!phase) throw new Error('The schedule has no phase.')
  await stripe.subscriptionSchedules.update(made.id, {
    end_behavior: 'release',
    metadata: { of: 'app' },
    phases: [
      {
        items: phase.items.map(({ price, quantity }) => ({
          price: typeof price === 'string' ? price : price.id,
          quantity: quantity ?? 1,
        })),
        start_date: phase.start_date,
        end_date: phase.end_date,
      },
      {
        items: [{ price: proYearly.id, quantity: 1 }],
        duration: { interval: 'month', interval_count: 1 },
        proration_behavior: 'none',
      },
    ],
  })
  await stripe.subscriptionSchedules.retrieve(made.id, { expand: ['subscription', 'customer'] })
  await stripe.subscriptionSchedules.list({ customer: own.customer })
  await stripe.invoices.createPreview({ customer: own.customer, subscription: own.id })
  await stripe.subscriptionSchedules.release(made.id)
  const other = await stripe.subscriptionSchedules.create({ from_subscription: own.id })
  await stripe.subscriptionSchedules.cancel(other.id, { invoice_now: true, prorate: true })
}
