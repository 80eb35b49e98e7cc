import { ApiError } from '@/sandbox/http/api-error'
import { endpoint } from '@/sandbox/http/endpoint'
import { metadata } from '@/sandbox/http/metadata'
import { required } from '@/sandbox/http/rule'
import { instant, text } from '@/sandbox/http/rules'
import { newId } from '@/sandbox/ids'
import type { MeterEvent } from '@/sandbox/store/records'
import type { Tx } from '@/sandbox/store/transaction'
import { named } from './references'

// Stripe knows an identifier again for "at least 24 hours"; here it is no longer than that.
const KNOWN_SECONDS = 24 * 3600
// The ages that Stripe takes: 35 days at most, and five minutes ahead.
const OLDEST_SECONDS = 35 * 24 * 3600
const AHEAD_SECONDS = 300

/** Kept once for each identifier within a day, and billed with the period that it falls in. */
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
    const at = params.timestamp ?? tx.now
    if (at < tx.now - OLDEST_SECONDS || at > tx.now + AHEAD_SECONDS)
      throw ApiError.invalid(
        'The timestamp must be within the past 35 calendar days or up to 5 minutes in the future.',
        'timestamp',
        at > tx.now ? 'timestamp_in_future' : 'timestamp_too_far_in_past',
      )
    const identifier = params.identifier ?? newId('mtr_event')
    const known = tx.find('meter_event', identifier)
    if (known && known.received + KNOWN_SECONDS > tx.now)
      throw ApiError.invalid(
        `An event already exists with identifier ${identifier}.`,
        'identifier',
        'duplicate_meter_event',
      )
    if (known) forget(tx, known)
    tx.insert('meter_event', {
      id: identifier,
      event_name: params.event_name,
      customer,
      value: Number(value),
      at,
      received: tx.now,
    })
    return {
      object: 'billing.meter_event',
      created: tx.now,
      event_name: params.event_name,
      identifier,
      livemode: false,
      payload,
      timestamp: at,
    }
  },
)

/** Its use stays counted, under a name that no one else asks for: the next event of this identifier is another one. */
function forget(tx: Tx, known: Readonly<MeterEvent>) {
  tx.remove('meter_event', known.id)
  tx.insert('meter_event', { ...known, id: newId('mtr_event') })
}
