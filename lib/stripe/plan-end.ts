import type { SubscriptionId } from '@/lib/ids'
import type { Leaving } from '@/lib/leaving'
import { callStripe } from './call'

/** Has a subscription end with the period that is paid for. Safe to repeat. */
export async function endWithPeriod(id: SubscriptionId, why: Leaving): Promise<void> {
  await callStripe((stripe) =>
    stripe.subscriptions.update(id, { cancel_at_period_end: true, ...detailsOf(why) }),
  )
}

/** Takes a planned end back, whichever way it was planned: a portal in flexible billing sets a day alone. */
export async function keepPlan(
  id: SubscriptionId,
  { cancelAtPeriodEnd }: { cancelAtPeriodEnd: boolean },
): Promise<void> {
  await callStripe((stripe) =>
    stripe.subscriptions.update(
      id,
      cancelAtPeriodEnd ? { cancel_at_period_end: false } : { cancel_at: '' },
    ),
  )
}

/** For a call that ends a subscription: why, as far as it was said. */
export function detailsOf({ feedback, comment }: Leaving) {
  if (!feedback && !comment) return {}
  return {
    cancellation_details: { ...(feedback ? { feedback } : {}), ...(comment ? { comment } : {}) },
  }
}
