import type { Person } from '@/tests/money/person'
import { livingOf } from './living'

/** Nothing is collected, until a day or until the customer ends it. */
export function pauseCollection(person: Person) {
  const { act, now, random } = person
  const subscription = livingOf(person)
  if (!subscription) return
  act('POST', `/v1/subscriptions/${subscription.id}`, {
    'pause_collection[behavior]': random.pick(['void', 'mark_uncollectible', 'keep_as_draft']),
    ...(random.chance(0.5)
      ? { 'pause_collection[resumes_at]': `${now() + random.pick([5, 45]) * 86_400}` }
      : {}),
  })
}

/** Collection goes on. */
export function unpauseCollection({ act, subscriptions }: Person) {
  const paused = subscriptions().find((each) => each.pause_collection && !each.ended_at)
  if (paused) act('POST', `/v1/subscriptions/${paused.id}`, { pause_collection: '' })
}

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
