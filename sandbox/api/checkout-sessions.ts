import { ApiError } from '@/sandbox/http/api-error'
import { endpoint } from '@/sandbox/http/endpoint'
import { page, pageInOrder, paging, range, within } from '@/sandbox/http/listing'
import { withMetadata } from '@/sandbox/http/metadata'
import { hash, oneOf, text } from '@/sandbox/http/rules'
import { expireSession } from '@/sandbox/lifecycle/checkout/expire'
import { lineItemsOf } from '@/sandbox/objects/line-item'
import { CREATE, UPDATE } from './checkout-params'
import { openSession } from './checkout-session-create'

export const createCheckoutSession = endpoint('POST', '/v1/checkout/sessions', CREATE, openSession)

export const getCheckoutSession = endpoint('GET', '/v1/checkout/sessions/:id', {}, ({ tx, id }) =>
  tx.get('checkout.session', id),
)

export const updateCheckoutSession = endpoint(
  'POST',
  '/v1/checkout/sessions/:id',
  UPDATE,
  ({ tx, id, params }) => {
    const session = tx.edit('checkout.session', id)
    session.metadata = withMetadata(session.metadata, params.metadata)
    return session
  },
)

export const expireCheckoutSession = endpoint(
  'POST',
  '/v1/checkout/sessions/:id/expire',
  {},
  ({ tx, id }) => {
    const { status } = tx.get('checkout.session', id)
    if (status !== 'open') {
      throw ApiError.invalid(
        `Only Checkout Sessions with a status in ["open"] can be expired. This Checkout Session has a status of \`${status}\`.`,
      )
    }
    expireSession(tx, id)
    return tx.get('checkout.session', id)
  },
)

export const listCheckoutLineItems = endpoint(
  'GET',
  '/v1/checkout/sessions/:id/line_items',
  paging,
  ({ tx, id, params }) => {
    tx.get('checkout.session', id)
    return pageInOrder(lineItemsOf(tx, id), params, `/v1/checkout/sessions/${id}/line_items`)
  },
)

export const listCheckoutSessions = endpoint(
  'GET',
  '/v1/checkout/sessions',
  {
    ...paging,
    created: range(),
    customer: text(),
    customer_details: hash({ email: text() }),
    payment_intent: text(),
    payment_link: text(),
    status: oneOf('complete', 'expired', 'open'),
    subscription: text(),
  },
  ({ tx, params }) =>
    page(
      tx.all('checkout.session'),
      params,
      '/v1/checkout/sessions',
      (row) =>
        (params.customer === undefined || row.customer === params.customer) &&
        (params.customer_details?.email === undefined ||
          row.customer_details?.email === params.customer_details.email) &&
        (params.payment_intent === undefined || row.payment_intent === params.payment_intent) &&
        (params.payment_link === undefined || row.payment_link === params.payment_link) &&
        (params.status === undefined || row.status === params.status) &&
        (params.subscription === undefined || row.subscription === params.subscription) &&
        within(row.created, params.created),
    ),
)
