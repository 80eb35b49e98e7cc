import type Stripe from 'stripe'
import { nextBillingAt } from '@/sandbox/lifecycle/subscription/period'
import type { Tx } from '@/sandbox/store/transaction'
import { nextPhase } from './advance'
import { runningSchedule } from './detach'
import { inPhase } from './phase-discounts'
import { intervalsOf, itemsOfPhase } from './phase-items'
import { settingsOfPhase } from './phase-settings'

/**
 * The subscription as its schedule will have it when its next invoice is made; with its discounts
 * as they are, if they are given. Nothing is written.
 */
export function inNextPhase(
  tx: Tx,
  subscription: Readonly<Stripe.Subscription>,
  keepsDiscounts = false,
): Readonly<Stripe.Subscription> {
  const schedule = runningSchedule(tx, subscription.id)
  const row = schedule === null ? null : tx.get('subscription_schedule', schedule)
  const phase = row && nextPhase(row)
  if (!phase || phase.start_date > nextBillingAt(subscription)) return subscription
  const data = itemsOfPhase(tx, subscription, phase)
  const same = intervalsOf(data) === intervalsOf(subscription.items.data)
  return {
    ...(keepsDiscounts ? subscription : inPhase(tx, subscription, row.id, phase)),
    ...settingsOfPhase(row, phase),
    billing_cycle_anchor: same ? subscription.billing_cycle_anchor : phase.start_date,
    items: { ...subscription.items, data },
  }
}
