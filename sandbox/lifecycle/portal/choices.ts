import type Stripe from 'stripe'
import { recurring } from '@/sandbox/lifecycle/price/recurring'
import { productOf } from '@/sandbox/lifecycle/product-of'
import type { Tx } from '@/sandbox/store/transaction'
import type { PortalPlan } from './portal-view'
import type { Visit } from './visit'

/** The other prices that a subscription may change to, in the order of the configuration. */
export function choicesFor(
  tx: Tx,
  { configuration }: Visit,
  subscription: Readonly<Stripe.Subscription>,
): PortalPlan[] {
  const { enabled, products } = configuration.features.subscription_update
  const [item, ...others] = subscription.items.data
  // Stripe's portal does not touch subscriptions with several items or with a schedule.
  if (!enabled || !item || others.length > 0 || subscription.schedule) return []
  return (products ?? [])
    .flatMap((product) => product.prices)
    .filter((price) => price !== item.price.id)
    .map((price) => tx.get('price', price))
    .filter((price) => price.active && price.currency === subscription.currency)
    .map((price) => planView(tx, price))
}

/** A price as the portal shows it. */
export function planView(tx: Tx, price: Readonly<Stripe.Price>): PortalPlan {
  const { interval, interval_count } = recurring(price)
  const known = (['day', 'week', 'month', 'year'] as const).find((word) => word === interval)
  return {
    price: price.id,
    productName: productOf(tx, price)?.name ?? 'Subscription',
    unitAmount: price.unit_amount ?? 0,
    currency: price.currency,
    interval: known ?? 'month',
    intervalCount: interval_count,
  }
}
