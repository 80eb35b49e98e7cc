import type Stripe from 'stripe'
import { ApiError } from '@/sandbox/http/api-error'
import { idOf } from '@/sandbox/ids'
import { hasEnded } from '@/sandbox/lifecycle/subscription/period'
import type { Tx } from '@/sandbox/store/transaction'
import type { Visit } from './visit'

/** One of the visitor's own subscriptions that has not ended; another customer's is a 404. */
export function ownSubscription(
  tx: Tx,
  { customer }: Visit,
  id: string,
): Readonly<Stripe.Subscription> {
  const subscription = tx.get('subscription', id)
  if (idOf(subscription.customer) !== customer.id || hasEnded(subscription))
    throw ApiError.missing('subscription', id)
  return subscription
}
