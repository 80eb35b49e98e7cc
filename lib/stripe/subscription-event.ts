import type Stripe from 'stripe'
import { fromUnix } from '@/lib/clock'
import { type SubscriptionShape, subscriptionShape } from './subscriptions'

/** What an event says that a subscription was like at an instant, and just before where it says so. */
export type ShownSubscription = {
  at: Date
  shape: SubscriptionShape
  before: SubscriptionShape | null
  /** Stripe's word for why it ended. */
  endedBy: string | null
}

/**
 * Reads the body of an event about a subscription; null where it shows none.
 * `tiers`: what products say, which an event does not show.
 * @throws it shows one in another form, such as that of an old version of Stripe's API
 */
export function shownSubscription(
  payload: string,
  tiers?: ReadonlyMap<string, string | null>,
): ShownSubscription | null {
  // Safe: the body was verified, and what is read of it is looked at below.
  const { created, data } = JSON.parse(payload) as Stripe.CustomerSubscriptionUpdatedEvent
  const object: unknown = data?.object
  if (!isWhole(object)) {
    if (!isNode(object) || object.object !== 'subscription') return null
    throw new Error('its subscription has another form than this version of the API gives it')
  }
  const earlier = data.previous_attributes ? merged(object, data.previous_attributes) : null
  return {
    at: fromUnix(created),
    shape: subscriptionShape(object, tiers),
    before: isWhole(earlier) ? subscriptionShape(earlier, tiers) : null,
    endedBy: object.cancellation_details?.reason ?? null,
  }
}

type Node = { [key: string]: unknown }

// The old values of what changed: objects in part, and arrays whole.
function merged(object: object, previous: object): unknown {
  const result: Node = { ...object }
  for (const [key, value] of Object.entries(previous)) {
    const now = result[key]
    result[key] = isNode(value) && isNode(now) ? merged(now, value) : value
  }
  return result
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

// Versions from before 2025 have the period on the subscription and one discount.
function isWhole(value: unknown): value is Stripe.Subscription {
  if (!isNode(value) || value.object !== 'subscription' || !isNode(value.items)) return false
  const { data } = value.items
  return (
    Array.isArray(value.discounts) &&
    Array.isArray(data) &&
    data.every((item) => isNode(item) && isNode(item.price) && 'current_period_end' in item)
  )
}
