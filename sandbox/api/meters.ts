import { ApiError } from '@/sandbox/http/api-error'
import { endpoint } from '@/sandbox/http/endpoint'
import { page, paging } from '@/sandbox/http/listing'
import { required } from '@/sandbox/http/rule'
import { hash, instant, oneOf, text } from '@/sandbox/http/rules'
import { newId } from '@/sandbox/ids'
import { usedOf } from '@/sandbox/lifecycle/usage/used'
import type { Tx } from '@/sandbox/store/transaction'
import { named } from './references'

const METERS = '/v1/billing/meters'

/** Adds up what is used of it; prices that name it are charged by that. */
export const createMeter = endpoint(
  'POST',
  METERS,
  {
    display_name: required(text(250)),
    event_name: required(text(100)),
    default_aggregation: required(hash({ formula: required(oneOf('count', 'last', 'sum')) })),
    customer_mapping: hash({
      event_payload_key: required(text(100)),
      type: required(oneOf('by_id')),
    }),
    event_time_window: oneOf('day', 'hour'),
    value_settings: hash({ event_payload_key: required(text(100)) }),
  },
  ({ tx, params }) => {
    const { event_name } = params
    const taken = tx
      .all('billing.meter')
      .some((row) => row.event_name === event_name && row.status === 'active')
    if (taken)
      throw ApiError.invalid(
        `There is already an active meter for the event ${event_name}.`,
        'event_name',
      )
    const meter = tx.insert('billing.meter', {
      id: newId('mtr_test'),
      object: 'billing.meter',
      created: tx.now,
      customer_mapping: params.customer_mapping ?? {
        event_payload_key: 'stripe_customer_id',
        type: 'by_id',
      },
      default_aggregation: params.default_aggregation,
      display_name: params.display_name,
      event_name,
      event_time_window: params.event_time_window ?? null,
      livemode: false,
      status: 'active',
      status_transitions: { deactivated_at: null },
      updated: tx.now,
      value_settings: params.value_settings ?? { event_payload_key: 'value' },
    })
    tx.emit('billing.meter.created', 'billing.meter', meter.id)
    return meter
  },
)

export const getMeter = endpoint('GET', `${METERS}/:id`, {}, ({ tx, id }) =>
  tx.get('billing.meter', id),
)

export const updateMeter = endpoint(
  'POST',
  `${METERS}/:id`,
  { display_name: text(250) },
  ({ tx, id, params }) => {
    const meter = tx.edit('billing.meter', id)
    meter.display_name = params.display_name ?? meter.display_name
    meter.updated = tx.now
    tx.emit('billing.meter.updated', 'billing.meter', id)
    return meter
  },
)

export const deactivateMeter = endpoint('POST', `${METERS}/:id/deactivate`, {}, ({ tx, id }) =>
  turn(tx, id, 'inactive'),
)

export const reactivateMeter = endpoint('POST', `${METERS}/:id/reactivate`, {}, ({ tx, id }) =>
  turn(tx, id, 'active'),
)

export const listMeters = endpoint(
  'GET',
  METERS,
  { ...paging, status: oneOf('active', 'inactive') },
  ({ tx, params }) =>
    page(
      tx.all('billing.meter'),
      params,
      METERS,
      (row) => params.status === undefined || row.status === params.status,
    ),
)

function turn(tx: Tx, id: string, status: 'active' | 'inactive') {
  const meter = tx.edit('billing.meter', id)
  if (meter.status === status) throw ApiError.invalid(`The meter is already ${status}.`)
  meter.status = status
  meter.status_transitions.deactivated_at = status === 'inactive' ? tx.now : null
  meter.updated = tx.now
  tx.emit(
    status === 'active' ? 'billing.meter.reactivated' : 'billing.meter.deactivated',
    'billing.meter',
    id,
  )
  return meter
}

/** What a customer has used between two instants, as one sum. */
export const listMeterSummaries = endpoint(
  'GET',
  `${METERS}/:id/event_summaries`,
  {
    ...paging,
    customer: required(text()),
    start_time: required(instant()),
    end_time: required(instant()),
  },
  ({ tx, id, params }) => {
    const meter = tx.get('billing.meter', id)
    const { customer, start_time, end_time } = params
    for (const [param, time] of Object.entries({ start_time, end_time }))
      if (time % 60 !== 0)
        throw ApiError.invalid('The time must be aligned with minute boundaries.', param)
    named(tx, 'customer', customer, 'customer')
    const aggregated_value = usedOf(tx, meter, customer, { start: start_time, end: end_time })
    const row = {
      id: `mtrusg_test_${id.slice(-8)}${start_time}${end_time}`,
      object: 'billing.meter_event_summary',
      aggregated_value,
      end_time,
      livemode: false,
      meter: id,
      start_time,
    }
    return page([row], params, `${METERS}/${id}/event_summaries`)
  },
)
