import type Stripe from 'stripe'
import { costOf, isMetered, isSoldIn } from '@/sandbox/lifecycle/price/cost'
import { recurring } from '@/sandbox/lifecycle/price/recurring'
import { productOf } from '@/sandbox/lifecycle/product-of'
import type { Tx } from '@/sandbox/store/transaction'
import type { PortalPlan } from './portal-view'
import type { Visit } from './visit'

/**
 * The other prices that a subscription may change to, each for as many as it has, in the order of
 * the configuration.
 */
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
    .filter((price) => price.active && isSoldIn(price, subscription.currency))
    .map((price) => planView(tx, price, subscription.currency, item.quantity ?? 1))
}

/** Within what the quantity of a subscription may be changed; null: not at all. */
export function adjustsOf(
  { configuration }: Visit,
  { items, schedule }: Readonly<Stripe.Subscription>,
): { minimum: number; maximum: number } | null {
  const {
    enabled,
    default_allowed_updates: allowed,
    products,
  } = configuration.features.subscription_update
  const [item, ...others] = items.data
  if (!enabled || !allowed.includes('quantity') || !item || others.length > 0 || schedule)
    return null
  const offered = products?.find(({ prices }) => prices.includes(item.price.id))
  if (!offered?.adjustable_quantity.enabled) return null
  const { minimum, maximum } = offered.adjustable_quantity
  return { minimum, maximum: maximum ?? MOST }
}

// Stripe's own limit for a quantity that is typed in.
const MOST = 999_999

/** A price as the portal shows it, for so many. */
export function planView(
  tx: Tx,
  price: Readonly<Stripe.Price>,
  currency: string,
  quantity: number,
): PortalPlan {
  const { interval, interval_count } = recurring(price)
  const known = (['day', 'week', 'month', 'year'] as const).find((word) => word === interval)
  return {
    price: price.id,
    productName: productOf(tx, price)?.name ?? 'Subscription',
    amount: isMetered(price) ? 0 : costOf(price, quantity, currency),
    metered: isMetered(price),
    currency,
    interval: known ?? 'month',
    intervalCount: interval_count,
  }
}
