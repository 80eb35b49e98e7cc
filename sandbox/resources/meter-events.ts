import { ApiError } from '@/sandbox/http/api-error'
import { endpoint } from '@/sandbox/http/endpoint'
import { metadata } from '@/sandbox/http/metadata'
import { required } from '@/sandbox/http/rule'
import { instant, text } from '@/sandbox/http/rules'
import { newId } from '@/sandbox/ids'
import { named } from './references'

/** Accepted, deduplicated by its identifier and kept; no price here is metered. */
export const createMeterEvent = endpoint(
  'POST',
  '/v1/billing/meter_events',
  {
    event_name: required(text(100)),
    payload: required(metadata()),
    identifier: text(100),
    timestamp: instant(),
  },
  ({ tx, params }) => {
    const payload = params.payload ?? {}
    const { stripe_customer_id: customer, value } = payload
    if (customer === undefined)
      throw ApiError.invalid('Missing required param: payload[stripe_customer_id].', 'payload')
    named(tx, 'customer', customer, 'payload[stripe_customer_id]')
    if (!/^\d+(\.\d+)?$/.test(value ?? ''))
      throw ApiError.invalid('The value must be a number that is not negative.', 'payload[value]')
    const identifier = params.identifier ?? newId('mtr_event')
    if (tx.find('meter_event', identifier))
      throw ApiError.invalid(
        `An event already exists with identifier ${identifier}.`,
        'identifier',
        'duplicate_meter_event',
      )
    tx.insert('meter_event', { id: identifier })
    return {
      object: 'billing.meter_event',
      created: tx.now,
      event_name: params.event_name,
      identifier,
      livemode: false,
      payload,
      timestamp: params.timestamp ?? tx.now,
    }
  },
)
