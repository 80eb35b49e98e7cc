import type Stripe from 'stripe'
import { ApiError } from '@/sandbox/http/api-error'
import { endpoint } from '@/sandbox/http/endpoint'
import { metadata, withMetadata } from '@/sandbox/http/metadata'
import { missing, required } from '@/sandbox/http/rule'
import { hash, integer, list, oneOf, text, url } from '@/sandbox/http/rules'
import { newId, randomText } from '@/sandbox/ids'
import { API_VERSION } from '@/sandbox/settings'
import type { Tx } from '@/sandbox/store/transaction'

type Destination = Stripe.V2.Core.EventDestination

const PATH = '/v2/core/event_destinations'
const URL_FIELD = 'webhook_endpoint.url'
const SECRET_FIELD = 'webhook_endpoint.signing_secret'
const INCLUDE = list(oneOf(URL_FIELD))

const DETAILS = {
  name: text(),
  description: text(),
  enabled_events: list(text(), 300),
  metadata: metadata(),
  webhook_endpoint: hash({ url: required(url()) }),
}

/** Kept and answered, and nothing is sent to it: webhooks go to `/v1/webhook_endpoints`. */
export const createEventDestination = endpoint(
  'POST',
  PATH,
  {
    ...DETAILS,
    name: required(text()),
    enabled_events: required(list(text(), 300)),
    event_payload: required(oneOf('snapshot', 'thin')),
    type: required(oneOf('webhook_endpoint')),
    snapshot_api_version: text(),
    include: list(oneOf(SECRET_FIELD, URL_FIELD)),
  },
  ({ tx, params }) => {
    if (!params.webhook_endpoint) throw missing('webhook_endpoint')
    const snapshot = params.event_payload === 'snapshot'
    const made = tx.insert('v2.core.event_destination', {
      id: newId('ed_test'),
      object: 'v2.core.event_destination',
      created: isoOf(tx),
      description: params.description ?? '',
      enabled_events: params.enabled_events,
      event_payload: params.event_payload,
      livemode: false,
      metadata: withMetadata({}, params.metadata),
      name: params.name,
      status: 'enabled',
      type: 'webhook_endpoint',
      updated: isoOf(tx),
      webhook_endpoint: {
        signing_secret: `whsec_${randomText(32)}`,
        url: params.webhook_endpoint.url,
      },
      ...(snapshot ? { snapshot_api_version: params.snapshot_api_version ?? API_VERSION } : {}),
    })
    return shown(made, params.include)
  },
)

export const getEventDestination = endpoint(
  'GET',
  `${PATH}/:id`,
  { include: INCLUDE },
  ({ tx, id, params }) => shown(tx.get('v2.core.event_destination', id), params.include),
)

export const updateEventDestination = endpoint(
  'POST',
  `${PATH}/:id`,
  { ...DETAILS, include: INCLUDE },
  ({ tx, id, params }) => {
    const found = tx.edit('v2.core.event_destination', id)
    found.name = params.name ?? found.name
    found.description = params.description ?? found.description
    found.enabled_events = params.enabled_events ?? found.enabled_events
    found.metadata = withMetadata(found.metadata ?? {}, params.metadata)
    if (params.webhook_endpoint) {
      found.webhook_endpoint = { ...found.webhook_endpoint, url: params.webhook_endpoint.url }
    }
    found.updated = isoOf(tx)
    return shown(found, params.include)
  },
)

export const disableEventDestination = endpoint('POST', `${PATH}/:id/disable`, {}, ({ tx, id }) =>
  turn(tx, id, 'disabled'),
)

export const enableEventDestination = endpoint('POST', `${PATH}/:id/enable`, {}, ({ tx, id }) =>
  turn(tx, id, 'enabled'),
)

export const deleteEventDestination = endpoint('DELETE', `${PATH}/:id`, {}, ({ tx, id }) => {
  const { object } = tx.get('v2.core.event_destination', id)
  tx.remove('v2.core.event_destination', id)
  return { id, object }
})

/** Lists of `/v2` name their neighbors by address; page tokens are the ids of the last row. */
export const listEventDestinations = endpoint(
  'GET',
  PATH,
  { include: INCLUDE, limit: integer(1, 100), page: text() },
  ({ tx, params: { include, limit = 20, page } }) => {
    const rows = tx.all('v2.core.event_destination').reverse()
    const from = page === undefined ? 0 : rows.findIndex(({ id }) => id === page) + 1
    if (page !== undefined && from === 0) throw ApiError.invalid('Invalid page.', 'page')
    const data = rows.slice(from, from + limit).map((row) => shown(row, include))
    const more = rows.length > from + limit
    return {
      data,
      next_page_url: more ? `${PATH}?limit=${limit}&page=${data.at(-1)?.id}` : null,
      previous_page_url: null,
    }
  },
)

function turn(tx: Tx, id: string, status: 'enabled' | 'disabled'): Destination {
  const found = tx.edit('v2.core.event_destination', id)
  found.status = status
  found.updated = isoOf(tx)
  if (status === 'disabled') found.status_details = { disabled: { reason: 'user' } }
  else delete found.status_details
  return shown(found, undefined)
}

/** A destination with no more of its endpoint than was asked for. */
function shown(row: Readonly<Destination>, include: readonly string[] = []): Destination {
  const { webhook_endpoint: whole, ...others } = row
  const secret = include.includes(SECRET_FIELD) ? whole?.signing_secret : undefined
  const address = include.includes(URL_FIELD) ? whole?.url : undefined
  const part = {
    ...(secret === undefined ? {} : { signing_secret: secret }),
    ...(address === undefined ? {} : { url: address }),
  }
  return Object.keys(part).length > 0 ? { ...others, webhook_endpoint: part } : others
}

/** `/v2` writes instants as text. */
function isoOf({ now }: Tx): string {
  return new Date(now * 1000).toISOString()
}
