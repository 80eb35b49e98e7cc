import type Stripe from 'stripe'

/**
 * The order in which deliveries leave: customers come one after the other, what concerns one of
 * them is mixed up with what concerns `neighbors` others, and 30 % comes twice, much later or at
 * once.
 */
export function orderOf(
  events: readonly Stripe.Event[],
  customers: ReadonlyMap<string, number>,
  neighbors: number,
): Stripe.Event[] {
  const placed = events.flatMap((event) => {
    const place = customers.get(customerOf(event)) ?? 0
    const first = { event, at: place + Math.random() * neighbors }
    const twin = { event, at: first.at + Math.random() * neighbors * 4 }
    return Math.random() < TWICE ? [first, twin] : [first]
  })
  return placed.sort((a, b) => a.at - b.at).map(({ event }) => event)
}

const TWICE = 0.3

/** The customer whom an event is about; nothing when it is about no customer. */
export function customerOf({ data: { object } }: Stripe.Event): string {
  return 'customer' in object ? `${object.customer}` : ''
}
