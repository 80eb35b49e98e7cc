import type Stripe from 'stripe'
import { ApiError } from '@/sandbox/http/api-error'
import { missing, type Read, required } from '@/sandbox/http/rule'
import { hash, integer, list, oneOf, text, url } from '@/sandbox/http/rules'
import { idOf } from '@/sandbox/ids'
import type { Tx } from '@/sandbox/store/transaction'
import { named } from './references'

const ITEM = { id: required(text()), price: text(), quantity: integer(0) }

/** The `flow_data` of a portal session: the one thing that it is for. */
export const FLOW = {
  type: required(
    oneOf(
      'customer_update',
      'payment_method_update',
      'subscription_cancel',
      'subscription_pause',
      'subscription_update',
      'subscription_update_confirm',
    ),
  ),
  subscription_cancel: hash({
    subscription: required(text()),
    retention: hash({
      type: required(oneOf('coupon_offer')),
      coupon_offer: required(hash({ coupon: required(text()) })),
    }),
  }),
  subscription_pause: hash({ subscription: required(text()) }),
  subscription_update: hash({ subscription: required(text()) }),
  subscription_update_confirm: hash({
    subscription: required(text()),
    items: required(list(hash(ITEM), 1)),
  }),
  after_completion: hash({
    type: required(oneOf('hosted_confirmation', 'portal_homepage', 'redirect')),
    hosted_confirmation: hash({ custom_message: text() }),
    redirect: hash({ return_url: required(url()) }),
  }),
}

const RETENTION = 'flow_data[subscription_cancel][retention]'

/** The flow as the session holds it. Refuses a subscription that is not the customer's. */
export function flowOf(
  tx: Tx,
  given: Read<typeof FLOW>,
  customer: string,
): Stripe.BillingPortal.Session.Flow {
  const {
    subscription_cancel: cancel,
    subscription_pause: pause,
    subscription_update: update,
    subscription_update_confirm: confirm,
  } = given
  for (const about of [cancel, pause, update, confirm])
    if (about) requireOwn(tx, about.subscription, customer, given.type)
  if (given.type.startsWith('subscription_') && !cancel && !pause && !update && !confirm)
    throw missing(`flow_data[${given.type}]`)
  const after = given.after_completion
  const retention = cancel?.retention ?? null
  if (retention)
    named(tx, 'coupon', retention.coupon_offer.coupon, `${RETENTION}[coupon_offer][coupon]`)
  return {
    after_completion: {
      hosted_confirmation: after?.hosted_confirmation
        ? { custom_message: after.hosted_confirmation.custom_message ?? null }
        : null,
      redirect: after?.redirect ?? null,
      type: after?.type ?? 'portal_homepage',
    },
    customer_update: null,
    subscription_cancel: cancel ? { retention, subscription: cancel.subscription } : null,
    subscription_pause: pause ?? null,
    subscription_update: update ?? null,
    subscription_update_confirm: confirm
      ? {
          discounts: null,
          items: confirm.items.map(({ id, price, quantity }) => ({
            id,
            price: price ?? null,
            ...(quantity === undefined ? {} : { quantity }),
          })),
          subscription: confirm.subscription,
        }
      : null,
    type: given.type,
  }
}

function requireOwn(tx: Tx, id: string, customer: string, type: string) {
  const param = `flow_data[${type}][subscription]`
  if (idOf(named(tx, 'subscription', id, param).customer) === customer) return
  throw ApiError.unknownReference('subscription', id, param)
}
