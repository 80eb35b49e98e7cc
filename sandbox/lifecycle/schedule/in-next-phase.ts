import type Stripe from 'stripe'
import { nextBillingAt } from '@/sandbox/lifecycle/subscription/period'
import type { Tx } from '@/sandbox/store/transaction'
import { nextPhase } from './advance'
import { runningSchedule } from './detach'
import { inPhase } from './phase-discounts'
import { intervalsOf, itemsOfPhase } from './phase-items'

/** The subscription as its schedule will have it when its next invoice is made; with its discounts as they are, if they are given. Nothing is written. */
export function inNextPhase(
  tx: Tx,
  subscription: Readonly<Stripe.Subscription>,
  keepsDiscounts = false,
): Readonly<Stripe.Subscription> {
  const schedule = runningSchedule(tx, subscription.id)
  const phase = schedule && nextPhase(tx.get('subscription_schedule', schedule))
  if (!phase || phase.start_date > nextBillingAt(subscription)) return subscription
  const data = itemsOfPhase(tx, subscription, phase)
  const same = intervalsOf(data) === intervalsOf(subscription.items.data)
  return {
    ...(keepsDiscounts ? subscription : inPhase(tx, subscription, schedule, phase)),
    billing_cycle_anchor: same ? subscription.billing_cycle_anchor : phase.start_date,
    items: { ...subscription.items, data },
  }
}
