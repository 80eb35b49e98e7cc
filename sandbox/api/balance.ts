import type Stripe from 'stripe'
import { endpoint } from '@/sandbox/http/endpoint'
import { page, paging, range, within } from '@/sandbox/http/listing'
import { text } from '@/sandbox/http/rules'
import { optionalId } from '@/sandbox/ids'

export const getBalanceTransaction = endpoint(
  'GET',
  '/v1/balance_transactions/:id',
  {},
  ({ tx, id }) => tx.get('balance_transaction', id),
)

export const listBalanceTransactions = endpoint(
  'GET',
  '/v1/balance_transactions',
  {
    ...paging,
    created: range(),
    currency: text(3),
    payout: text(),
    source: text(),
    type: text(),
  },
  ({ tx, params }) =>
    page(
      tx.all('balance_transaction'),
      params,
      '/v1/balance_transactions',
      (row) =>
        (params.currency === undefined || row.currency === params.currency) &&
        (params.source === undefined || optionalId(row.source) === params.source) &&
        (params.type === undefined || row.type === params.type) &&
        // Nothing is ever paid out.
        params.payout === undefined &&
        within(row.created, params.created),
    ),
)

/** What the account has, by currency: as long as nothing is paid out, all that came. */
export const getBalance = endpoint('GET', '/v1/balance', {}, ({ tx }): Stripe.Balance => {
  const rows = tx.all('balance_transaction')
  const currencies = [...new Set(rows.map(({ currency }) => currency))]
  const sumOf = (which: (row: Readonly<Stripe.BalanceTransaction>) => boolean) =>
    currencies.map((currency) => {
      const amount = rows
        .filter((row) => row.currency === currency && which(row))
        .reduce((sum, { net }) => sum + net, 0)
      return { amount, currency, source_types: { card: amount } }
    })
  return {
    object: 'balance',
    available: sumOf(({ available_on }) => available_on <= tx.now),
    livemode: false,
    pending: sumOf(({ available_on }) => available_on > tx.now),
  }
})
