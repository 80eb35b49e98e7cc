import type Stripe from 'stripe'
import { ApiError } from '@/sandbox/http/api-error'
import type { Read } from '@/sandbox/http/rule'
import { idOf } from '@/sandbox/ids'
import { ABSENT, declineOf } from '@/sandbox/lifecycle/payment/decline'
import { applyChange } from '@/sandbox/lifecycle/subscription/apply-change'
import { methodOf } from '@/sandbox/lifecycle/subscription/method'
import { holdChange } from '@/sandbox/lifecycle/subscription/pending-update'
import { planChange } from '@/sandbox/lifecycle/subscription/plan-change'
import { previewChangeInvoice } from '@/sandbox/lifecycle/subscription/preview'
import { restartCycle } from '@/sandbox/lifecycle/subscription/restart-cycle'
import type { Settings } from '@/sandbox/settings'
import type { Tx } from '@/sandbox/store/transaction'
import { requireOneInterval } from './billing-mode'
import { paymentRefused } from './card-refused'
import { itemChanges, type Owner } from './item-changes'
import type { UPDATE } from './subscription-params'

/**
 * Changes the items of a subscription or begins its cycle anew, and answers a card that refuses as
 * `payment_behavior` says.
 */
export function changeItems(
  tx: Tx,
  settings: Settings,
  subscription: Stripe.Subscription,
  params: Read<typeof UPDATE>,
) {
  const {
    items: asked = [],
    proration_behavior: behavior = 'create_prorations',
    payment_behavior: onFailure = 'allow_incomplete',
  } = params
  const items = itemChanges(tx, asked, 'items', ownerOf(subscription))
  if (onFailure === 'pending_if_incomplete' && asked.some(({ discounts }) => discounts))
    throw ApiError.invalid(
      'You cannot change discounts with `payment_behavior: pending_if_incomplete`.',
      'payment_behavior',
    )
  const anew = params.billing_cycle_anchor?.type === 'now'
  if (anew) requireBilled(subscription)
  const at = params.proration_date ?? tx.now
  checkDate(subscription, at)
  const moved = planChange(tx, subscription, items, { at, behavior })
  requireOneInterval(
    subscription,
    moved.items.map(({ price }) => price),
  )
  const planned = anew ? restartCycle(tx, subscription, moved, behavior) : moved
  const charges = behavior === 'always_invoice' || planned.restarts
  const due = charges ? previewChangeInvoice(tx, subscription, planned, behavior).amount_due : 0
  const charged = due > 0 && !subscription.pause_collection
  const decline = charged ? declineOf(tx, methodOf(tx, subscription), ABSENT) : null
  if (decline && onFailure === 'error_if_incomplete') throw paymentRefused(decline, 'subscription')
  if (decline && onFailure === 'pending_if_incomplete')
    return holdChange(tx, settings, subscription.id, planned, behavior)
  const how = onFailure === 'default_incomplete' ? 'wait' : ABSENT
  applyChange(tx, settings, subscription.id, planned, behavior, how)
}

/** A cycle begins anew where one is being paid for. */
export function requireBilled({ status }: Readonly<Stripe.Subscription>) {
  if (status === 'active' || status === 'past_due') return
  throw ApiError.invalid(
    `You cannot reset the billing cycle of a subscription that is ${status}.`,
    'billing_cycle_anchor',
  )
}

/** Whose items a change of this subscription is about. */
export function ownerOf(subscription: Readonly<Stripe.Subscription>): Owner {
  const { customer, currency, items } = subscription
  return { customer: idOf(customer), currency, items: items.data }
}

function checkDate(subscription: Stripe.Subscription, at: number) {
  const inside = subscription.items.data.every(
    (item) => at >= item.current_period_start && at <= item.current_period_end,
  )
  if (inside) return
  throw ApiError.invalid(
    'Cannot specify a proration_date outside of the current period.',
    'proration_date',
  )
}
