import type Stripe from 'stripe'
import { buy, type Person, signUp, type World } from '@/tests/harness/customers'

/** A customer with a life of changes at Stripe, of whom the application has heard nothing. */
export type Busy = Person & { subscriptionId: string }

/** Makes `n` customers with `events` events each; several at once, as the sandbox allows. */
export async function makeCrowd(world: World, n: number, events: number): Promise<Busy[]> {
  const crowd: Busy[] = []
  const makers = Array.from({ length: 8 }, async () => {
    while (crowd.length < n) {
      const place = crowd.push(NO_CUSTOMER) - 1
      const person = await signUp(world)
      const { id } = await buy(world, person)
      crowd[place] = { ...person, subscriptionId: id }
      await live(world.stripe, crowd[place], events - PURCHASE)
    }
  })
  await Promise.all(makers)
  return crowd
}

/** Changes a subscription `times` times; the customer ends or goes on, whichever the last change says. */
export async function live(
  stripe: Stripe,
  { subscriptionId }: Busy,
  times: number,
  ends = true,
): Promise<void> {
  for (let n = 0; n < times; n += 1) {
    const cancel_at_period_end = n % 2 === 0 ? ends : !ends
    await stripe.subscriptions.update(subscriptionId, { cancel_at_period_end })
  }
}

// The subscription was created, its first invoice was paid.
const PURCHASE = 2

const NO_CUSTOMER: Busy = { userId: '', customerId: '', session: '', subscriptionId: '' }
