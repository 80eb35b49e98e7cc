import type Stripe from 'stripe'
import { endSubscription } from '@/sandbox/lifecycle/subscription/end'
import { expireIncomplete } from '@/sandbox/lifecycle/subscription/expire-incomplete'
import { expirePendingUpdate } from '@/sandbox/lifecycle/subscription/pending-update'
import { endsAt, hasEnded, nextBillingAt } from '@/sandbox/lifecycle/subscription/period'
import { renew } from '@/sandbox/lifecycle/subscription/renew'
import {
  announcement,
  announceTrialEnd,
  endTrial,
  TRIAL_NOTICE,
} from '@/sandbox/lifecycle/subscription/trial'
import { unpauseCollection } from '@/sandbox/lifecycle/subscription/unpause-collection'
import { billLastUsage } from '@/sandbox/lifecycle/usage/bill'
import type { Store } from '@/sandbox/store/store'
import type { Due } from './due'

// Stripe's limit for the first payment of a subscription made by the API.
const INCOMPLETE_SECONDS = 23 * 3600

/** What time will do to a subscription next, or null. */
export function subscriptionDue(store: Store, subscription: Stripe.Subscription): Due | null {
  const { id, status } = subscription
  if (hasEnded(subscription)) return null
  if (status === 'incomplete')
    return { at: subscription.created + INCOMPLETE_SECONDS, run: (tx) => expireIncomplete(tx, id) }
  const unpause = subscription.pause_collection?.resumes_at ?? null
  const boundary = nextBillingAt(subscription)
  const end = endsAt(subscription)
  // A planned end is not put off by what would come after it.
  const first = Math.min(boundary, end ?? boundary)
  if (unpause !== null && unpause <= first)
    return { at: unpause, run: (tx) => unpauseCollection(tx, id) }
  const held = subscription.pending_update?.expires_at
  if (held !== undefined && held <= first)
    return { at: held, run: (tx) => expirePendingUpdate(tx, id) }
  if (end !== null && (end <= boundary || status === 'paused'))
    return {
      at: end,
      run: (tx) => {
        billLastUsage(tx, id)
        endSubscription(tx, id, 'cancellation_requested')
      },
    }
  if (status === 'paused') return null
  return status === 'trialing'
    ? trialDue(store, subscription)
    : { at: boundary, run: (tx) => renew(tx, id) }
}

function trialDue(store: Store, subscription: Stripe.Subscription): Due {
  const { id, created, trial_end } = subscription
  const end = trial_end ?? nextBillingAt(subscription)
  if (store.find('setting', announcement(id, trial_end)))
    return { at: end, run: (tx) => endTrial(tx, id) }
  return { at: Math.max(created, end - TRIAL_NOTICE), run: (tx) => announceTrialEnd(tx, id) }
}
