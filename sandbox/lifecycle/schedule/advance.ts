import type Stripe from 'stripe'
import { idOf } from '@/sandbox/ids'
import { endItemDiscounts, keepItemDiscounts } from '@/sandbox/lifecycle/discount/on-items'
import { setDiscounts } from '@/sandbox/lifecycle/discount/set-discounts'
import { ABSENT } from '@/sandbox/lifecycle/payment/decline'
import { applyChange } from '@/sandbox/lifecycle/subscription/apply-change'
import { endSubscription } from '@/sandbox/lifecycle/subscription/end'
import { nextBillingAt } from '@/sandbox/lifecycle/subscription/period'
import { type ProrationBehavior, planChange } from '@/sandbox/lifecycle/subscription/plan-change'
import type { Settings } from '@/sandbox/settings'
import type { Tx } from '@/sandbox/store/transaction'
import { endSchedule, releaseSchedule } from './detach'
import { phaseDiscounts } from './phase-discounts'
import { changesTo, intervalsOf, itemsOfPhase } from './phase-items'
import { settingsOfPhase } from './phase-settings'

/** The phase that follows the current one, or undefined. */
export function nextPhase(
  schedule: Readonly<Stripe.SubscriptionSchedule>,
): Readonly<Stripe.SubscriptionSchedule.Phase> | undefined {
  const end = schedule.current_phase?.end_date
  return schedule.phases.find((phase) => phase.start_date === end)
}

/** The phase that has begun and not ended, or undefined. */
export function currentPhase(
  schedule: Readonly<Stripe.SubscriptionSchedule>,
): Readonly<Stripe.SubscriptionSchedule.Phase> | undefined {
  const start = schedule.current_phase?.start_date
  return schedule.phases.find((phase) => phase.start_date === start)
}

/** Ends the current phase: the next one begins, or after the last the schedule does what its `end_behavior` says. */
export function advanceSchedule(tx: Tx, settings: Settings, id: string) {
  const schedule = tx.edit('subscription_schedule', id)
  const subscription = idOf(schedule.subscription ?? '')
  const next = nextPhase(schedule)
  if (next) {
    schedule.current_phase = { start_date: next.start_date, end_date: next.end_date }
    Object.assign(tx.edit('subscription', subscription), settingsOfPhase(schedule, next))
    enterPhase(tx, settings, subscription, next)
    tx.emit('subscription_schedule.updated', 'subscription_schedule', id)
  } else if (schedule.end_behavior === 'cancel') {
    endSchedule(tx, id, 'completed')
    endSubscription(tx, subscription, 'cancellation_requested')
  } else {
    releaseSchedule(tx, id)
  }
}

/**
 * Gives a subscription the prices and the discounts of a phase, which `before` was written
 * otherwise if it had begun. At the end of its period that costs nothing extra: its renewal follows
 * at once.
 */
export function enterPhase(
  tx: Tx,
  settings: Settings,
  id: string,
  phase: Readonly<Stripe.SubscriptionSchedule.Phase>,
  before?: Readonly<Stripe.SubscriptionSchedule.Phase>,
) {
  const subscription = tx.edit('subscription', id)
  const held = subscription.discounts.map(idOf)
  const wanted = phaseDiscounts(tx, held, phase.discounts, before?.discounts)
  const stays = held.length === wanted.length && held.every((own, nth) => own === wanted[nth])
  if (!stays) setDiscounts(tx, subscription, wanted)
  const notes = Object.entries(phase.metadata ?? {})
  const noted = notes.every(([key, value]) => subscription.metadata[key] === value)
  if (!noted) subscription.metadata = { ...subscription.metadata, ...phase.metadata }
  const changes = changesTo(tx, subscription, phase, before)
  if (changes.length === 0) {
    if (!stays || !noted) tx.emit('customer.subscription.updated', 'subscription', id)
    return
  }
  const behavior = phase.proration_behavior as ProrationBehavior
  if (nextBillingAt(subscription) > tx.now) {
    const planned = planChange(tx, subscription, changes, { at: tx.now, behavior })
    return applyChange(tx, settings, id, planned, behavior, ABSENT)
  }
  const intervals = intervalsOf(subscription.items.data)
  const old = subscription.items.data.map((item) => ({ ...item }))
  subscription.items.data = itemsOfPhase(tx, subscription, phase)
  keepItemDiscounts(tx, subscription.items.data)
  endItemDiscounts(tx, old, subscription.items.data)
  // A new interval counts from its first day.
  if (intervalsOf(subscription.items.data) !== intervals) subscription.billing_cycle_anchor = tx.now
  tx.emit('customer.subscription.updated', 'subscription', id)
}
