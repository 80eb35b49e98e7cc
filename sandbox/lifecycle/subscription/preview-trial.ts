import type Stripe from 'stripe'
import { ApiError } from '@/sandbox/http/api-error'
import type { Tx } from '@/sandbox/store/transaction'
import type { PlannedChange } from './plan-change'
import { unusedTime } from './prorate'

/**
 * A copy of a subscription as it would be if its trial, or one that it is given now, ended at
 * `end`. Nothing is written.
 */
export function withTrialUntil(
  tx: Tx,
  subscription: Readonly<Stripe.Subscription>,
  end: number | 'now',
): Readonly<Stripe.Subscription> {
  const onTrial = subscription.status === 'trialing'
  if (end === 'now' && !onTrial) return subscription
  if (end !== 'now' && end <= tx.now)
    throw ApiError.invalid(
      'The `trial_end` must be in the future.',
      'subscription_details[trial_end]',
    )
  const at = end === 'now' ? tx.now : end
  const copy = structuredClone<Stripe.Subscription>(subscription)
  copy.status = 'trialing'
  copy.trial_end = at
  copy.billing_cycle_anchor = at
  for (const item of copy.items.data) {
    item.current_period_end = at
    if (!onTrial) item.current_period_start = tx.now
  }
  return copy
}

/** The change, or none, with what becomes free credited: a trial is given to a subscriber who has paid. */
export function creditingTrial(
  tx: Tx,
  paid: Readonly<Stripe.Subscription>,
  trial: Readonly<Stripe.Subscription>,
  planned: PlannedChange | null,
): PlannedChange {
  const at = tx.now
  const rest = planned ?? {
    items: trial.items.data,
    restarts: false,
    anchor: trial.billing_cycle_anchor,
    at,
  }
  return {
    ...rest,
    lines: (invoice) => [
      ...paid.items.data.map((item) => unusedTime({ tx, invoice, subscription: paid, at }, item)),
      ...(planned?.lines(invoice) ?? []),
    ],
  }
}
