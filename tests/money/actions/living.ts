import type Stripe from 'stripe'
import type { Person } from '@/tests/money/person'

/** A subscription that has not ended; mostly the newest. */
export function livingOf({
  random,
  subscriptions,
}: Person): Readonly<Stripe.Subscription> | undefined {
  const living = subscriptions().filter(({ ended_at }) => ended_at === null)
  return random.chance(0.8) ? living.at(-1) : living[random.between(0, living.length - 1)]
}
