import type Stripe from 'stripe'
import { ApiError } from '@/sandbox/http/api-error'
import { endpoint } from '@/sandbox/http/endpoint'
import { pageInOrder, paging } from '@/sandbox/http/listing'
import { required } from '@/sandbox/http/rule'
import { text } from '@/sandbox/http/rules'
import type { Tx } from '@/sandbox/store/transaction'
import { named } from './references'

export const listSubscriptionItems = endpoint(
  'GET',
  '/v1/subscription_items',
  { ...paging, subscription: required(text()) },
  ({ tx, params }) => {
    const { items } = named(tx, 'subscription', params.subscription, 'subscription')
    return pageInOrder(items.data, params, '/v1/subscription_items')
  },
)

export const getSubscriptionItem = endpoint('GET', '/v1/subscription_items/:id', {}, ({ tx, id }) =>
  itemOf(tx, id),
)

/** The item with this id; a 404 when no subscription has it. */
export function itemOf(tx: Tx, id: string): Readonly<Stripe.SubscriptionItem> {
  for (const { items } of tx.all('subscription')) {
    const item = items.data.find((row) => row.id === id)
    if (item) return item
  }
  throw new ApiError(404, {
    type: 'invalid_request_error',
    code: 'resource_missing',
    message: `No such subscription_item: '${id}'`,
    param: 'id',
  })
}
