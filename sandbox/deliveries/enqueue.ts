import type Stripe from 'stripe'
import type { Clock } from '@/sandbox/clock'
import type { Tx } from '@/sandbox/store/transaction'

/** Plans the delivery of an event to every endpoint that listens for it, at once. Returns the deliveries' ids. */
export function enqueue(tx: Tx, event: Stripe.Event, clock: Clock): string[] {
  const planned: string[] = []
  for (const endpoint of tx.all('webhook_endpoint')) {
    if (endpoint.status !== 'enabled' || !listensFor(endpoint, event.type)) continue
    const id = deliveryId(event.id, endpoint.id)
    planned.push(id)
    tx.insert('delivery', {
      id,
      event: event.id,
      endpoint: endpoint.id,
      state: 'pending',
      nextAt: clock.real(),
      attempts: [],
    })
  }
  return planned
}

/** One delivery per event and endpoint. */
export function deliveryId(event: string, endpoint: string): string {
  return `${event}:${endpoint}`
}

function listensFor(endpoint: Stripe.WebhookEndpoint, type: string): boolean {
  return endpoint.enabled_events.some((name) => name === '*' || name === type)
}
