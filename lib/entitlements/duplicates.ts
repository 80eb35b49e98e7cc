import type { Payment } from '@/lib/payment'
import { isTerminal, type SubscriptionStatus } from '@/lib/status'
import { isUnstarted } from './unstarted'

type Living = Pick<Payment, 'owes' | 'payment'> & {
  id: string
  status: SubscriptionStatus | 'unknown'
  endedAt: Date | null
  stripeCreatedAt: Date
}

/**
 * The living subscriptions of one customer beyond the first, in the order in which they were made:
 * checkout sells none, but the dashboard, the API and two payments at one moment can.
 */
export function duplicatesOf<S extends Living>(all: readonly S[]): S[] {
  return all
    .filter(isLiving)
    .toSorted(
      (a, b) => a.stripeCreatedAt.getTime() - b.stripeCreatedAt.getTime() || (a.id < b.id ? -1 : 1),
    )
    .slice(1)
}

/** Whether a subscription charges its customer, or will again. One whose first payment never came does not. */
export function isLiving(subscription: Living): boolean {
  const { status, endedAt } = subscription
  if (endedAt !== null || isTerminal(status) || status === 'incomplete') return false
  // Stripe calls it active, and we end it there.
  return !isUnstarted(subscription)
}
