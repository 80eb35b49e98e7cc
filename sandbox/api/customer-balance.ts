import { ApiError } from '@/sandbox/http/api-error'
import { endpoint } from '@/sandbox/http/endpoint'
import { page, paging, range, within } from '@/sandbox/http/listing'
import { metadata, withMetadata } from '@/sandbox/http/metadata'
import { required } from '@/sandbox/http/rule'
import { integer, text } from '@/sandbox/http/rules'
import { optionalId } from '@/sandbox/ids'
import { moveBalance } from '@/sandbox/lifecycle/customer/move-balance'
import type { Tx } from '@/sandbox/store/transaction'

const ROWS = '/v1/customers/:id/balance_transactions'

export const createBalanceTransaction = endpoint(
  'POST',
  ROWS,
  {
    amount: required(integer()),
    currency: required(text(3)),
    description: text(350),
    metadata: metadata(),
  },
  ({ tx, id, params }) => {
    const { balance, currency: usual } = tx.get('customer', id)
    const currency = params.currency.toLowerCase()
    if (usual && usual !== currency && balance !== 0)
      throw ApiError.invalid(`The balance of this customer is in ${usual}.`, 'currency')
    return moveBalance(tx, id, {
      amount: params.amount,
      currency,
      type: 'adjustment',
      description: params.description ?? null,
      metadata: withMetadata({}, params.metadata),
    })
  },
)

export const getCustomerBalanceTransaction = endpoint('GET', `${ROWS}/:row`, {}, ({ tx, ids }) =>
  own(tx, ids),
)

export const updateCustomerBalanceTransaction = endpoint(
  'POST',
  `${ROWS}/:row`,
  { description: text(350), metadata: metadata() },
  ({ tx, ids, params }) => {
    const row = tx.edit('customer_balance_transaction', own(tx, ids).id)
    row.description = params.description ?? row.description
    row.metadata = withMetadata(row.metadata, params.metadata)
    return row
  },
)

export const listCustomerBalanceTransactions = endpoint(
  'GET',
  ROWS,
  { ...paging, created: range(), invoice: text() },
  ({ tx, id, params }) => {
    tx.get('customer', id)
    return page(
      tx.by('customer_balance_transaction', 'customer', id),
      params,
      `/v1/customers/${id}/balance_transactions`,
      (row) =>
        (params.invoice === undefined || optionalId(row.invoice) === params.invoice) &&
        within(row.created, params.created),
    )
  },
)

function own(tx: Tx, [customer = '', id = '']: string[]) {
  tx.get('customer', customer)
  const row = tx.get('customer_balance_transaction', id)
  if (optionalId(row.customer) === customer) return row
  throw ApiError.missing('customer_balance_transaction', id)
}
