import type Stripe from 'stripe'

/** What is delivered: the kinds of events that every version of the application handles. */
export const DELIVERED = [
  ...['customer.subscription.created', 'customer.subscription.updated'],
  ...['customer.subscription.deleted', 'invoice.paid', 'invoice.payment_failed'],
]

/** Hands out what has happened at the sandbox since the last call, the oldest first. */
export async function openFeed(stripe: Stripe): Promise<() => Promise<Stripe.Event[]>> {
  // The catalog was made before: there is an event to begin after.
  let [last] = (await stripe.events.list({ limit: 1 })).data
  return async () => {
    const found: Stripe.Event[] = []
    for (;;) {
      const place = last ? { ending_before: last.id } : {}
      const { data, has_more } = await stripe.events.list({
        ...{ types: DELIVERED, limit: 100 },
        ...place,
      })
      found.push(...data.reverse())
      last = data.at(-1) ?? last
      if (!has_more) return found
    }
  }
}
