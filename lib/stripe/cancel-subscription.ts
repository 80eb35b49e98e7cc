import { NotFound } from '@/lib/errors'
import type { SubscriptionId } from '@/lib/ids'
import type { Leaving } from '@/lib/leaving'
import { callStripe } from './call'
import { detailsOf } from './plan-end'

/**
 * Ends a subscription at once. Nothing is credited and nothing is billed for it. Safe to repeat.
 * @returns false when Stripe says that it has ended before
 */
export async function cancelSubscriptionNow(
  id: SubscriptionId,
  why: Leaving = { feedback: null, comment: null },
): Promise<boolean> {
  try {
    await callStripe((stripe) =>
      stripe.subscriptions.cancel(id, { invoice_now: false, prorate: false, ...detailsOf(why) }),
    )
    return true
  } catch (error) {
    // Stripe answers so for one that has ended.
    if (error instanceof NotFound) return false
    throw error
  }
}
