import type Stripe from 'stripe'
import { chaosOf } from '@/sandbox/chaos/chaos'
import type { Store } from '@/sandbox/store/store'
import { deliveriesOf } from './deliveries-of'
import { inVersion } from './older/in-version'

/**
 * The body of a delivery: two spaces of indentation; `id`, `object`, then the other keys by name,
 * at every depth. Its shapes are those of the API version that chaos asks for, else the endpoint.
 */
export function payloadOf(
  store: Store,
  event: Stripe.Event,
  endpoint: Stripe.WebhookEndpoint,
): string {
  const pending = deliveriesOf(store, event.id).filter(({ state }) => state === 'pending').length
  const version = chaosOf(store).api_version || endpoint.api_version || event.api_version
  const own: object = version === null ? event : inVersion({ store }, event, version)
  return JSON.stringify(sorted({ ...own, pending_webhooks: pending }), null, 2)
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
