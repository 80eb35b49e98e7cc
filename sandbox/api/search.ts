import { endpoint } from '@/sandbox/http/endpoint'
import { required } from '@/sandbox/http/rule'
import { integer, text } from '@/sandbox/http/rules'
import { optionalId } from '@/sandbox/ids'
import type { Kind } from '@/sandbox/store/records'
import { parseQuery } from './search-query'

const SEARCH = { query: required(text()), limit: integer(1, 100), page: text() }

export const searchCharges = searching('charge', '/v1/charges')
export const searchCustomers = searching('customer', '/v1/customers')
export const searchInvoices = searching('invoice', '/v1/invoices')
export const searchPaymentIntents = searching('payment_intent', '/v1/payment_intents')
export const searchPrices = searching('price', '/v1/prices')
export const searchProducts = searching('product', '/v1/products')
export const searchSubscriptions = searching('subscription', '/v1/subscriptions')

function searching(kind: Kind, path: string) {
  const url = `${path}/search`
  return endpoint('GET', url, SEARCH, ({ tx, params: { query, limit = 10, page } }) => {
    const matches = parseQuery(query)
    const from = Number(page ?? 0)
    const matching = tx
      .all(kind)
      .reverse()
      .filter((row) => matches((field) => fieldOf(row, field)))
    const has_more = matching.length > from + limit
    return {
      object: 'search_result',
      data: matching.slice(from, from + limit),
      has_more,
      next_page: has_more ? String(from + limit) : null,
      url,
    }
  })
}

/** What is in a field, by its path; an invoice is also found by its subscription. */
function fieldOf(row: object, field: readonly string[]): unknown {
  let at: unknown = row
  for (const name of field) at = Object(at)[name]
  if (at === undefined && field[0] === 'subscription' && 'parent' in row)
    return optionalId(Object(row.parent)?.subscription_details?.subscription)
  return at
}
