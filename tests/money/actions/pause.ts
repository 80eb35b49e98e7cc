import type { Person } from '@/tests/money/person'
import { livingOf } from './living'

/** The subscription itself is paused, which is a status. */
export function pause(person: Person) {
  const { act, random } = person
  const subscription = livingOf(person)
  if (!subscription) return
  act('POST', `/v1/subscriptions/${subscription.id}/pause`, {
    'bill_for[unused_time_from][type]': random.pick(['now', 'none', 'item_current_period_start']),
  })
}

/** And is resumed, once its payment is there or at the attempt. */
export function resume({ act, decided, now, random, subscriptions }: Person) {
  const paused = subscriptions().find(({ status }) => status === 'paused')
  if (!paused) return
  decided.changedAt.set(paused.id, now())
  act('POST', `/v1/subscriptions/${paused.id}/resume`, {
    payment_behavior: random.pick(['resume_on_payment_attempt', 'resume_on_payment_success']),
  })
}
