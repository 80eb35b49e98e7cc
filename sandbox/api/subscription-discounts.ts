import type Stripe from 'stripe'
import { ApiError } from '@/sandbox/http/api-error'
import { endpoint } from '@/sandbox/http/endpoint'
import type { Read } from '@/sandbox/http/rule'
import { idOf } from '@/sandbox/ids'
import type { Grant } from '@/sandbox/lifecycle/discount/grant'
import { NONE_INHERITED } from '@/sandbox/lifecycle/discount/of-subscription'
import { discountFor, endDiscount } from '@/sandbox/lifecycle/discount/redeem'
import { costOf } from '@/sandbox/lifecycle/price/cost'
import { hasEnded } from '@/sandbox/lifecycle/subscription/period'
import type { Tx } from '@/sandbox/store/transaction'
import { type DISCOUNTS, discountsAsked } from './discount-params'

type Asked = Read<{ discounts: typeof DISCOUNTS }>['discounts']

/** What `discounts` of an update or of a preview asks for: ids that stay, and coupons that are new. */
export function wantedDiscounts(
  tx: Tx,
  subscription: Readonly<Stripe.Subscription>,
  asked: Asked,
): (string | Grant)[] {
  const amount = subscription.items.data.reduce(
    (sum, { price, quantity = 1 }) => sum + costOf(price, quantity, subscription.currency),
    0,
  )
  const buyer = {
    customer: idOf(subscription.customer),
    amount,
    currency: subscription.currency,
  }
  return discountsAsked(tx, asked, { held: subscription.discounts, buyer, param: 'discounts' })
}

/** The subscription as it would be with these discounts. Nothing is redeemed. */
export function withDiscounts(
  tx: Tx,
  subscription: Readonly<Stripe.Subscription>,
  asked: Asked,
): Readonly<Stripe.Subscription> {
  if (asked === undefined) return subscription
  // An empty value is "none at all": not even what the customer has.
  if (asked === null) return { ...subscription, discounts: [NONE_INHERITED] }
  const discounts = wantedDiscounts(tx, subscription, asked).map((entry) =>
    typeof entry === 'string'
      ? entry
      : discountFor(tx, { customer: subscription.customer, subscription: subscription.id }, entry),
  )
  return { ...subscription, discounts }
}

export const deleteSubscriptionDiscount = endpoint(
  'DELETE',
  '/v1/subscriptions/:id/discount',
  {},
  ({ tx, id }) => {
    const subscription = tx.edit('subscription', id)
    if (hasEnded(subscription))
      throw ApiError.invalid('The discount of a subscription that has ended cannot be removed.')
    const [first] = subscription.discounts
    if (first === undefined)
      throw new ApiError(404, {
        type: 'invalid_request_error',
        code: 'resource_missing',
        message: `No active discount for subscription: ${id}`,
      })
    endDiscount(tx, idOf(first))
    tx.emit('customer.subscription.updated', 'subscription', id)
    const { end: _end, ...discount } = tx.get('discount', idOf(first))
    return { ...discount, deleted: true }
  },
)
