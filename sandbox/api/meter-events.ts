import { ApiError } from '@/sandbox/http/api-error'
import { endpoint } from '@/sandbox/http/endpoint'
import { metadata } from '@/sandbox/http/metadata'
import { required } from '@/sandbox/http/rule'
import { instant, text } from '@/sandbox/http/rules'
import { newId } from '@/sandbox/ids'
import { named } from './references'

/** Kept once for each identifier, and billed with the period that it falls in. */
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
    const meter = tx
      .all('billing.meter')
      .find((row) => row.event_name === params.event_name && row.status === 'active')
    const key = meter?.customer_mapping.event_payload_key ?? 'stripe_customer_id'
    const customer = payload[key]
    const counts = meter?.default_aggregation.formula === 'count'
    const value = payload[meter?.value_settings.event_payload_key ?? 'value'] ?? (counts ? '1' : '')
    if (customer === undefined)
      throw ApiError.invalid(`Missing required param: payload[${key}].`, 'payload')
    named(tx, 'customer', customer, `payload[${key}]`)
    if (!/^\d+(\.\d+)?$/.test(value))
      throw ApiError.invalid('The value must be a number that is not negative.', 'payload[value]')
    const identifier = params.identifier ?? newId('mtr_event')
    if (tx.find('meter_event', identifier))
      throw ApiError.invalid(
        `An event already exists with identifier ${identifier}.`,
        'identifier',
        'duplicate_meter_event',
      )
    tx.insert('meter_event', {
      id: identifier,
      event_name: params.event_name,
      customer,
      value: Number(value),
      at: params.timestamp ?? tx.now,
    })
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
