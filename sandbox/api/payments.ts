import { endpoint } from '@/sandbox/http/endpoint'
import { page, paging, range, within } from '@/sandbox/http/listing'
import { hash, oneOf, text } from '@/sandbox/http/rules'
import { idOf, optionalId } from '@/sandbox/ids'
import { withSecret } from './client-secret'

export const listInvoicePayments = endpoint(
  'GET',
  '/v1/invoice_payments',
  {
    ...paging,
    created: range(),
    invoice: text(),
    payment: hash({
      type: oneOf('charge', 'payment_intent', 'payment_record'),
      payment_intent: text(),
      payment_record: text(),
    }),
    status: oneOf('canceled', 'open', 'paid'),
  },
  ({ tx, params }) =>
    page(
      tx.all('invoice_payment'),
      params,
      '/v1/invoice_payments',
      (row) =>
        (params.invoice === undefined || idOf(row.invoice) === params.invoice) &&
        (params.status === undefined || row.status === params.status) &&
        (params.payment?.payment_intent === undefined ||
          optionalId(row.payment.payment_intent) === params.payment.payment_intent) &&
        within(row.created, params.created),
    ),
)

export const getInvoicePayment = endpoint('GET', '/v1/invoice_payments/:id', {}, ({ tx, id }) =>
  tx.get('invoice_payment', id),
)

export const getPaymentIntent = endpoint(
  'GET',
  '/v1/payment_intents/:id',
  { client_secret: text() },
  ({ tx, id, params }) => withSecret(tx.get('payment_intent', id), params.client_secret),
)

export const listPaymentIntents = endpoint(
  'GET',
  '/v1/payment_intents',
  { ...paging, customer: text(), created: range() },
  ({ tx, params }) =>
    page(
      tx.all('payment_intent'),
      params,
      '/v1/payment_intents',
      (row) =>
        (params.customer === undefined || optionalId(row.customer) === params.customer) &&
        within(row.created, params.created),
    ),
)

export const getCharge = endpoint('GET', '/v1/charges/:id', {}, ({ tx, id }) =>
  tx.get('charge', id),
)

export const listCharges = endpoint(
  'GET',
  '/v1/charges',
  { ...paging, customer: text(), payment_intent: text(), created: range() },
  ({ tx, params }) =>
    page(
      tx.all('charge'),
      params,
      '/v1/charges',
      (row) =>
        (params.customer === undefined || optionalId(row.customer) === params.customer) &&
        (params.payment_intent === undefined ||
          optionalId(row.payment_intent) === params.payment_intent) &&
        within(row.created, params.created),
    ),
)
