import { ApiError } from '@/sandbox/http/api-error'
import { endpoint } from '@/sandbox/http/endpoint'
import { page, paging } from '@/sandbox/http/listing'
import { metadata, withMetadata } from '@/sandbox/http/metadata'
import { required } from '@/sandbox/http/rule'
import { hash, ignored, integer, oneOf, text } from '@/sandbox/http/rules'
import { attachMethod } from './attach-method'
import { BILLING_DETAILS, noteCardholder } from './payment-method-create'
import { named } from './references'

export const listPaymentMethods = endpoint(
  'GET',
  '/v1/payment_methods',
  { ...paging, customer: text(), type: text(), allow_redisplay: ignored() },
  ({ tx, params }) =>
    page(
      tx.all('payment_method'),
      params,
      '/v1/payment_methods',
      (row) =>
        (params.customer === undefined || row.customer === params.customer) &&
        (params.type === undefined || row.type === params.type),
    ),
)

export const getPaymentMethod = endpoint('GET', '/v1/payment_methods/:id', {}, ({ tx, id }) =>
  tx.get('payment_method', id),
)

export const updatePaymentMethod = endpoint(
  'POST',
  '/v1/payment_methods/:id',
  {
    metadata: metadata(),
    allow_redisplay: oneOf('always', 'limited', 'unspecified'),
    billing_details: BILLING_DETAILS,
    card: hash({ exp_month: integer(1, 12), exp_year: integer(2000), networks: ignored() }),
  },
  ({ tx, id, params }) => {
    const method = tx.edit('payment_method', id)
    const { allow_redisplay, card } = params
    noteCardholder(method, params.billing_details)
    if (allow_redisplay) method.allow_redisplay = allow_redisplay
    if (method.card && card) {
      method.card.exp_month = card.exp_month ?? method.card.exp_month
      method.card.exp_year = card.exp_year ?? method.card.exp_year
    }
    method.metadata = withMetadata(method.metadata, params.metadata)
    tx.emit('payment_method.updated', 'payment_method', id)
    return method
  },
)

export const attachPaymentMethod = endpoint(
  'POST',
  '/v1/payment_methods/:id/attach',
  { customer: required(text()) },
  ({ tx, id, params }) => {
    named(tx, 'customer', params.customer, 'customer')
    return attachMethod(tx, id, params.customer)
  },
)

export const detachPaymentMethod = endpoint(
  'POST',
  '/v1/payment_methods/:id/detach',
  {},
  ({ tx, id }) => {
    const method = tx.edit('payment_method', id)
    const owner = method.customer
    if (owner === null) {
      throw ApiError.invalid(
        'The payment method you provided is not attached to a customer so detachment is impossible.',
      )
    }
    method.customer = null
    for (const customer of tx.all('customer')) {
      if (customer.invoice_settings.default_payment_method !== id) continue
      tx.edit('customer', customer.id).invoice_settings.default_payment_method = null
    }
    tx.emit('payment_method.detached', 'payment_method', id)
    return method
  },
)
