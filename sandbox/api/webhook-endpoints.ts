import type Stripe from 'stripe'
import { ApiError } from '@/sandbox/http/api-error'
import { endpoint } from '@/sandbox/http/endpoint'
import { page, paging } from '@/sandbox/http/listing'
import { metadata, withMetadata } from '@/sandbox/http/metadata'
import { required } from '@/sandbox/http/rule'
import { clearable, flag, list, text, url } from '@/sandbox/http/rules'
import { unsupported } from '@/sandbox/http/unsupported'
import { newId, randomText } from '@/sandbox/ids'

// Stripe's limit for one account.
const MAX_ENDPOINTS = 16

export const createWebhookEndpoint = endpoint(
  'POST',
  '/v1/webhook_endpoints',
  {
    url: required(url()),
    enabled_events: required(list(text(), 300)),
    api_version: text(),
    description: clearable(text()),
    metadata: metadata(),
    connect: flag(),
  },
  ({ tx, params, settings }) => {
    if (params.connect) throw unsupported('`connect: true`', 'connect')
    if (tx.all('webhook_endpoint').length >= MAX_ENDPOINTS) {
      throw ApiError.invalid(
        `You have reached the maximum of ${MAX_ENDPOINTS} test webhook endpoints.`,
      )
    }
    const made: Stripe.WebhookEndpoint = {
      id: newId('we'),
      object: 'webhook_endpoint',
      api_version: params.api_version ?? null,
      application: null,
      created: tx.now,
      description: params.description ?? null,
      enabled_events: params.enabled_events,
      livemode: false,
      metadata: withMetadata({}, params.metadata),
      status: 'enabled',
      url: params.url,
    }
    const secret = settings.webhookSecret ?? `whsec_${randomText(32)}`
    tx.insert('webhook_endpoint', made)
    tx.insert('signing_secret', { id: made.id, secrets: [{ value: secret, until: null }] })
    // The only answer that ever holds the secret.
    return { ...made, secret }
  },
)

export const updateWebhookEndpoint = endpoint(
  'POST',
  '/v1/webhook_endpoints/:id',
  {
    url: url(),
    enabled_events: list(text(), 300),
    description: clearable(text()),
    metadata: metadata(),
    disabled: flag(),
  },
  ({ tx, id, params }) => {
    const found = tx.edit('webhook_endpoint', id)
    found.url = params.url ?? found.url
    found.enabled_events = params.enabled_events ?? found.enabled_events
    if (params.description !== undefined) found.description = params.description
    if (params.disabled !== undefined) found.status = params.disabled ? 'disabled' : 'enabled'
    found.metadata = withMetadata(found.metadata, params.metadata)
    return found
  },
)

export const getWebhookEndpoint = endpoint('GET', '/v1/webhook_endpoints/:id', {}, ({ tx, id }) =>
  tx.get('webhook_endpoint', id),
)

export const listWebhookEndpoints = endpoint(
  'GET',
  '/v1/webhook_endpoints',
  paging,
  ({ tx, params }) => page(tx.all('webhook_endpoint'), params, '/v1/webhook_endpoints'),
)

export const deleteWebhookEndpoint = endpoint(
  'DELETE',
  '/v1/webhook_endpoints/:id',
  {},
  ({ tx, id }) => {
    tx.remove('webhook_endpoint', id)
    tx.remove('signing_secret', id)
    return { id, object: 'webhook_endpoint', deleted: true }
  },
)
