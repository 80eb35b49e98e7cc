import { idOf, optionalId } from '@/sandbox/ids'
import type { Tx } from '@/sandbox/store/transaction'

/** Lets a subscription go on as it is, without its schedule. */
export function releaseSchedule(tx: Tx, id: string) {
  const schedule = tx.edit('subscription_schedule', id)
  const subscription = optionalId(schedule.subscription)
  schedule.status = 'released'
  schedule.released_at = tx.now
  schedule.released_subscription = subscription
  schedule.subscription = null
  schedule.current_phase = null
  if (subscription) {
    tx.edit('subscription', subscription).schedule = null
    tx.emit('customer.subscription.updated', 'subscription', subscription)
  }
  tx.emit('subscription_schedule.released', 'subscription_schedule', id)
}

/** Ends a schedule together with its subscription, which ends for the reason given. */
export function endSchedule(tx: Tx, id: string, how: 'canceled' | 'aborted' | 'completed') {
  const schedule = tx.edit('subscription_schedule', id)
  if (schedule.status !== 'active' && schedule.status !== 'not_started') return
  schedule.status = how === 'completed' ? 'completed' : 'canceled'
  if (how === 'completed') schedule.completed_at = tx.now
  else schedule.canceled_at = tx.now
  schedule.current_phase = null
  tx.emit(`subscription_schedule.${how}`, 'subscription_schedule', id)
}

/** The schedule that a subscription is under, if it is one that still runs. */
export function runningSchedule(tx: Tx, subscription: string): string | null {
  const id = optionalId(tx.get('subscription', subscription).schedule)
  const schedule = id === null ? undefined : tx.find('subscription_schedule', idOf(id))
  return schedule?.status === 'active' ? schedule.id : null
}
