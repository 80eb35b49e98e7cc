import type Stripe from 'stripe'
import type { Person } from './customers'

/** What Stripe's side knows for certain: what it has, what it sent, and which answers it heard. */
export type StripeModel = {
  people: Person[]
  subscriptions: Stripe.Subscription[]
  /** Every event that was sent. */
  events: Stripe.Event[]
  /** Ids of those for which a 2xx was heard. */
  acknowledged: ReadonlySet<string>
}

/** Asks the sandbox how everything stands in the end. */
export async function askStripeModel(
  stripe: Stripe,
  observed: Omit<StripeModel, 'subscriptions' | 'events'> & {
    sent: ReadonlyMap<string, Stripe.Event>
  },
): Promise<StripeModel> {
  const { people, sent, acknowledged } = observed
  const subscriptions: Stripe.Subscription[] = []
  for await (const each of stripe.subscriptions.list({ status: 'all', limit: 100 })) {
    subscriptions.push(each)
  }
  return { people, subscriptions, events: [...sent.values()], acknowledged }
}
