import type Stripe from 'stripe'
import { ApiError } from '@/sandbox/http/api-error'
import { endpoint } from '@/sandbox/http/endpoint'
import { page, paging, range, within } from '@/sandbox/http/listing'
import { withMetadata } from '@/sandbox/http/metadata'
import { hash, ignored, text } from '@/sandbox/http/rules'
import { optionalId } from '@/sandbox/ids'
import { deleteCustomer } from '@/sandbox/lifecycle/customer/delete'
import { stopDiscount } from '@/sandbox/lifecycle/customer/discount'
import { moveBalance } from '@/sandbox/lifecycle/customer/move-balance'
import { newCustomer } from '@/sandbox/objects/customer'
import { testNumber } from '@/sandbox/objects/test-methods'
import type { Tx } from '@/sandbox/store/transaction'
import { attachMethod } from './attach-method'
import { DETAILS, detailsOf, INVOICE_SETTINGS } from './customer-params'
import { named, ownMethod } from './references'
import { TAX_ID_DATA, takeTaxIds } from './tax-ids'

export const createCustomer = endpoint(
  'POST',
  '/v1/customers',
  {
    ...DETAILS,
    invoice_settings: hash(INVOICE_SETTINGS),
    tax_id_data: TAX_ID_DATA,
    payment_method: text(),
    test_clock: text(),
  },
  ({ tx, params }) => {
    const test_clock = params.test_clock ?? null
    if (test_clock !== null && !tx.find('test_helpers.test_clock', test_clock))
      throw ApiError.unknownReference('test_helpers.test_clock', test_clock, 'test_clock')
    const details = { ...detailsOf(params), metadata: withMetadata({}, params.metadata) }
    const customer = tx.insert('customer', newCustomer(tx.now, { ...details, test_clock }))
    customer.invoice_settings.default_payment_method = firstMethod(tx, customer.id, params)
    tx.emit('customer.created', 'customer', customer.id)
    if (params.balance) setBalance(tx, customer, params.balance)
    takeTaxIds(tx, customer.id, params.tax_id_data)
    return customer
  },
)

/** A balance that is set is moved there. */
function setBalance(tx: Tx, customer: Stripe.Customer, balance: number) {
  const amount = balance - customer.balance
  const currency = customer.currency ?? 'usd'
  if (amount !== 0) moveBalance(tx, customer.id, { amount, currency, type: 'adjustment' })
}

export const deleteCustomerDiscount = endpoint(
  'DELETE',
  '/v1/customers/:id/discount',
  {},
  ({ tx, id }) => {
    const stopped = stopDiscount(tx, id)
    if (stopped) {
      const { end: _end, ...discount } = stopped
      return { ...discount, deleted: true }
    }
    throw new ApiError(404, {
      type: 'invalid_request_error',
      code: 'resource_missing',
      message: `No active discount for customer: ${id}`,
    })
  },
)

/** Attaches the payment method that comes with a customer, and says which one is to be charged. */
function firstMethod(
  tx: Tx,
  customer: string,
  { payment_method: id, invoice_settings: settings }: First,
): string | null {
  if (id !== undefined && testNumber(id) === null) named(tx, 'payment_method', id, 'payment_method')
  const attached = id === undefined ? null : attachMethod(tx, id, customer).id
  const wanted = settings?.default_payment_method ?? null
  // A ready-made id stands for the card that has just been made of it.
  if (wanted === null || wanted === id) return wanted && attached
  return ownMethod(tx, wanted, customer, 'invoice_settings[default_payment_method]')
}

interface First {
  payment_method: string | undefined
  invoice_settings: { default_payment_method: string | null | undefined } | undefined
}

export const updateCustomer = endpoint(
  'POST',
  '/v1/customers/:id',
  {
    ...DETAILS,
    invoice_settings: hash(INVOICE_SETTINGS),
  },
  ({ tx, id, params }) => {
    const customer = tx.edit('customer', id)
    Object.assign(customer, detailsOf(params))
    customer.metadata = withMetadata(customer.metadata, params.metadata)
    const settings = params.invoice_settings
    if (settings?.default_payment_method !== undefined) {
      const method = settings.default_payment_method
      customer.invoice_settings.default_payment_method =
        method && ownMethod(tx, method, id, 'invoice_settings[default_payment_method]')
    }
    if (params.balance !== undefined) setBalance(tx, customer, params.balance)
    tx.emit('customer.updated', 'customer', id)
    return customer
  },
)

export const getCustomer = endpoint('GET', '/v1/customers/:id', {}, ({ tx, id }) => {
  return tx.find('deleted_customer', id) ?? tx.get('customer', id)
})

export const removeCustomer = endpoint('DELETE', '/v1/customers/:id', {}, ({ tx, id }) =>
  deleteCustomer(tx, id),
)

export const listCustomers = endpoint(
  'GET',
  '/v1/customers',
  { ...paging, email: text(512), created: range(), test_clock: text() },
  ({ tx, params }) =>
    page(
      tx.all('customer'),
      params,
      '/v1/customers',
      (row) =>
        optionalId(row.test_clock) === (params.test_clock ?? null) &&
        (params.email === undefined || row.email === params.email) &&
        within(row.created, params.created),
    ),
)

export const listCustomerPaymentMethods = endpoint(
  'GET',
  '/v1/customers/:id/payment_methods',
  { ...paging, type: text(), allow_redisplay: ignored() },
  ({ tx, id, params }) => {
    tx.get('customer', id)
    return page(
      tx.all('payment_method'),
      params,
      `/v1/customers/${id}/payment_methods`,
      (row) => row.customer === id && (params.type === undefined || row.type === params.type),
    )
  },
)

export const getCustomerPaymentMethod = endpoint(
  'GET',
  '/v1/customers/:id/payment_methods/:method',
  {},
  ({ tx, id, ids }) => tx.get('payment_method', ownMethod(tx, ids[1] ?? '', id, 'payment_method')),
)
