import type Stripe from 'stripe'
import { endpoint } from '@/sandbox/http/endpoint'
import { type MetadataChange, metadata, withMetadata } from '@/sandbox/http/metadata'
import { missing, type Read, readShape, required } from '@/sandbox/http/rule'
import { instant, integer, text } from '@/sandbox/http/rules'
import { idOf } from '@/sandbox/ids'
import type { Settings } from '@/sandbox/settings'
import type { Tx } from '@/sandbox/store/transaction'
import { DISCOUNTS } from './discount-params'
import { recurringPrice } from './recurring-price'
import { named } from './references'
import { itemOf } from './subscription-items'
import { ITEM_CHANGE, UPDATE } from './subscription-params'
import { updateSubscription } from './subscription-update'

const HOW = {
  payment_behavior: UPDATE.payment_behavior,
  proration_behavior: UPDATE.proration_behavior,
  proration_date: instant(),
}

const WHAT = {
  ...HOW,
  metadata: metadata(),
  price: text(),
  plan: text(),
  quantity: integer(0),
  discounts: DISCOUNTS,
}

const ITEMS = '/v1/subscription_items'

export const addSubscriptionItem = endpoint(
  'POST',
  ITEMS,
  { ...WHAT, subscription: required(text()) },
  ({ tx, params, settings }) => {
    const { subscription: id, plan, price = plan, quantity, discounts } = params
    const { items } = named(tx, 'subscription', id, 'subscription')
    if (price === undefined) throw missing('price')
    recurringPrice(tx, price, 'price')
    const before = items.data.map((item) => item.id)
    change(tx, settings, id, { price, quantity, discounts }, params)
    const added = itemsOf(tx, id).find((item) => !before.includes(item.id))
    if (!added) throw new TypeError(`Nothing was added to ${id}.`)
    return noted(tx, id, added.id, params.metadata)
  },
)

export const updateSubscriptionItem = endpoint(
  'POST',
  `${ITEMS}/:id`,
  { ...WHAT, off_session: UPDATE.off_session },
  ({ tx, id, params, settings }) => {
    const { plan, price = plan, quantity, discounts } = params
    const subscription = idOf(itemOf(tx, id).subscription)
    if (price !== undefined) recurringPrice(tx, price, 'price')
    change(tx, settings, subscription, { id, price, quantity, discounts }, params)
    return noted(tx, subscription, id, params.metadata)
  },
)

export const removeSubscriptionItem = endpoint(
  'DELETE',
  `${ITEMS}/:id`,
  { ...HOW },
  ({ tx, id, params, settings }) => {
    const subscription = idOf(itemOf(tx, id).subscription)
    change(tx, settings, subscription, { id, deleted: true }, params)
    return { id, object: 'subscription_item', deleted: true }
  },
)

/** A change of one item is the change of its subscription that names it, and is refused as that is. */
function change(
  tx: Tx,
  settings: Settings,
  id: string,
  item: Partial<
    Pick<Read<typeof ITEM_CHANGE>, 'id' | 'price' | 'quantity' | 'deleted' | 'discounts'>
  >,
  { payment_behavior, proration_behavior, proration_date }: Read<typeof HOW>,
) {
  const how = { payment_behavior, proration_behavior, proration_date }
  // Notes alone are no change of plan: what waits for its payment goes on waiting.
  const plan = item.price ?? item.quantity ?? item.deleted
  const items =
    plan === undefined && item.discounts === undefined
      ? undefined
      : [{ ...readShape(ITEM_CHANGE, {}), ...item }]
  const params = { ...readShape(UPDATE, {}), ...(items ? { ...how, items } : {}) }
  updateSubscription({ tx, id, ids: [id], params, settings })
}

/** The item with its notes, in the subscription and in the change that waits for its payment. */
function noted(
  tx: Tx,
  subscription: string,
  id: string,
  notes: MetadataChange | undefined,
): Readonly<Stripe.SubscriptionItem> {
  const own = itemsOf(tx, subscription).filter((row) => row.id === id)
  const [item] = own
  if (!item) throw new TypeError(`${subscription} has no item ${id}.`)
  const metadata = withMetadata(item.metadata, notes)
  for (const row of own) row.metadata = metadata
  return item
}

function itemsOf(tx: Tx, id: string): Stripe.SubscriptionItem[] {
  const { items, pending_update: held } = tx.edit('subscription', id)
  return [...items.data, ...(held?.subscription_items ?? [])]
}
