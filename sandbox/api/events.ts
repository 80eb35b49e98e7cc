import type Stripe from 'stripe'
import { deliveriesOf } from '@/sandbox/deliveries/deliveries-of'
import { ApiError } from '@/sandbox/http/api-error'
import { endpoint } from '@/sandbox/http/endpoint'
import { page, paging, range, within } from '@/sandbox/http/listing'
import { flag, list, text } from '@/sandbox/http/rules'
import { testClockOf } from '@/sandbox/lifecycle/test-clock/clock-of'
import type { Tx } from '@/sandbox/store/transaction'

// Stripe keeps events for a month.
const KEPT_SECONDS = 30 * 86_400

export const listEvents = endpoint(
  'GET',
  '/v1/events',
  { ...paging, type: text(), types: list(text(), 20), created: range(), delivery_success: flag() },
  ({ tx, params }) => {
    if (params.type !== undefined && params.types !== undefined) {
      throw ApiError.invalid('You may only specify one of these parameters: type, types.', 'types')
    }
    const names = params.types ?? (params.type === undefined ? ['*'] : [params.type])
    const listed = page(
      tx.all('event'),
      params,
      '/v1/events',
      (row) =>
        isKept(tx, row) &&
        names.some((name) => isNamed(row.type, name)) &&
        within(row.created, params.created) &&
        (params.delivery_success === undefined || allTaken(tx, row.id) === params.delivery_success),
    )
    return { ...listed, data: listed.data.map((event) => shown(tx, event)) }
  },
)

export const getEvent = endpoint('GET', '/v1/events/:id', {}, ({ tx, id }) =>
  shown(tx, tx.get('event', id)),
)

/** `*` stands for anything, also at the end of a name. */
function isNamed(type: string, name: string): boolean {
  if (name === '*') return true
  return name.endsWith('*') ? type.startsWith(name.slice(0, -1)) : type === name
}

/** A test clock may be set in any year: its events are dated by it, and kept as long as it is. */
function isKept(tx: Tx, { created, data }: Readonly<Stripe.Event>): boolean {
  return created > tx.now - KEPT_SECONDS || testClockOf(tx, data.object) !== null
}

function shown(tx: Tx, event: Readonly<Stripe.Event>): Stripe.Event {
  const pending_webhooks = deliveriesOf(tx, event.id).filter(
    ({ state }) => state === 'pending',
  ).length
  return { ...event, pending_webhooks }
}

function allTaken(tx: Tx, event: string): boolean {
  return deliveriesOf(tx, event).every(({ state }) => state === 'delivered')
}
