import type Stripe from 'stripe'
import type { Store } from '@/sandbox/store/store'
import { deliveriesOf } from './deliveries-of'

/** The body of a delivery: two spaces of indentation; `id`, `object`, then the other keys by name, at every depth. */
export function payloadOf(
  store: Store,
  event: Stripe.Event,
  endpoint: Stripe.WebhookEndpoint,
): string {
  const pending = deliveriesOf(store, event.id).filter(({ state }) => state === 'pending').length
  const own = {
    ...event,
    pending_webhooks: pending,
    api_version: endpoint.api_version ?? event.api_version,
  }
  return JSON.stringify(sorted(own), null, 2)
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted)
  if (typeof value !== 'object' || value === null) return value
  const entries = Object.entries(value).sort(([a], [b]) => rank(a) - rank(b) || (a < b ? -1 : 1))
  return Object.fromEntries(entries.map(([key, child]) => [key, sorted(child)]))
}

function rank(key: string): number {
  if (key === 'id') return 0
  return key === 'object' ? 1 : 2
}
