import Stripe from 'stripe'
import { BRAND } from '@/lib/brand'
import { env } from '@/lib/env'
import { callStripe } from './call'
import { APP } from './metadata'

/** The version that event payloads are written in: the SDK's own, so that its types are right. */
export const WEBHOOK_API_VERSION: string = Stripe.API_VERSION

export type WebhookEndpointSnapshot = {
  id: string
  url: string
  enabledEvents: string[]
  apiVersion: string | null
  enabled: boolean
}

/** The endpoint that `stripe:push` made for this environment, or null before it did. */
export async function findWebhookEndpoint(): Promise<WebhookEndpointSnapshot | null> {
  const all = await callStripe((stripe) =>
    stripe.webhookEndpoints.list({ limit: 100 }).autoPagingToArray({ limit: 1000 }),
  )
  const own = all.find(({ metadata }) => metadata.app === APP && metadata.env === env().appEnv)
  if (!own) return null
  return {
    id: own.id,
    url: own.url,
    enabledEvents: own.enabled_events,
    apiVersion: own.api_version,
    enabled: own.status === 'enabled',
  }
}

/** Makes the endpoint. `secret` signs what is sent to it, and this is the only time that Stripe shows it. */
export async function createWebhookEndpoint(endpoint: {
  url: string
  events: readonly string[]
}): Promise<{ id: string; secret: string }> {
  const created = await callStripe((stripe) =>
    stripe.webhookEndpoints.create({
      url: endpoint.url,
      enabled_events: named(endpoint.events),
      api_version: Stripe.API_VERSION,
      description: `${BRAND.name} (${env().appEnv})`,
      metadata: { app: APP, env: env().appEnv },
    }),
  )
  if (!created.secret) throw new Error(`Stripe made ${created.id} without a signing secret.`)
  return { id: created.id, secret: created.secret }
}

/** Changes where an endpoint points and what it hears, and switches it on. Its API version cannot be changed. */
export async function updateWebhookEndpoint(
  id: string,
  endpoint: { url: string; events: readonly string[] },
): Promise<void> {
  await callStripe((stripe) =>
    stripe.webhookEndpoints.update(id, {
      url: endpoint.url,
      enabled_events: named(endpoint.events),
      disabled: false,
    }),
  )
}

/** Stripe sends nothing more there, and drops what waits for another try. */
export async function deleteWebhookEndpoint(id: string): Promise<void> {
  await callStripe((stripe) => stripe.webhookEndpoints.del(id))
}

// The SDK lists the names it knew when it was made; Stripe refuses a name that it does not know.
function named(events: readonly string[]) {
  return [...events] as Stripe.WebhookEndpointCreateParams.EnabledEvent[]
}
