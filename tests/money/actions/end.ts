import type { Form, Person } from '@/tests/money/person'
import { livingOf } from './living'

/** It is to end with its period, or on a day, or is not to end after all. */
export function planEnd(person: Person) {
  const { act, now, random } = person
  const subscription = livingOf(person)
  if (!subscription) return
  const ways: readonly [Form, ...Form[]] = [
    { cancel_at_period_end: 'true' },
    { cancel_at_period_end: 'false' },
    { cancel_at: `${now() + 12 * 86_400}` },
    { cancel_at: '' },
  ]
  act('POST', `/v1/subscriptions/${subscription.id}`, random.pick(ways))
}

/** It ends now, with and without credit for what is left of the period. */
export function endNow(person: Person) {
  const { act, random } = person
  const subscription = livingOf(person)
  if (!subscription) return
  const form: Form = random.chance(0.5) ? { invoice_now: 'true', prorate: 'true' } : {}
  act('DELETE', `/v1/subscriptions/${subscription.id}`, form)
}
