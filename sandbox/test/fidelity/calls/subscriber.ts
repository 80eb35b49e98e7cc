import type Stripe from 'stripe'
import { type App, payer } from './app'

/** A subscription of a new payer, with its one item. */
export async function subscriber(
  { stripe, proMonthly }: App,
  more: Partial<Stripe.SubscriptionCreateParams> = {},
) {
  const { customer, card } = await payer(stripe)
  const items = [{ price: proMonthly.id, quantity: 1 }]
  const subscription = await stripe.subscriptions.create({ customer, items, ...more })
  const [item] = subscription.items.data
  if (!item) throw new Error('The subscription has no item.')
  return {
    customer,
    card,
    subscription,
    id: subscription.id,
    item: item.id,
    end: item.current_period_end,
  }
}
