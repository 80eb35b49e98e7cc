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
