import type Stripe from 'stripe'
import { ApiError } from '@/sandbox/http/api-error'
import type { Call } from '@/sandbox/http/endpoint'
import { missing, type Read, required } from '@/sandbox/http/rule'
import { clearable, either, flag, hash, instant, list, oneOf, text } from '@/sandbox/http/rules'
import { idOf, optionalId } from '@/sandbox/ids'
import { inNextPhase } from '@/sandbox/lifecycle/schedule/in-next-phase'
import { hasEnded } from '@/sandbox/lifecycle/subscription/period'
import { planChange } from '@/sandbox/lifecycle/subscription/plan-change'
import { previewChangeInvoice } from '@/sandbox/lifecycle/subscription/preview'
import { previewCancellation } from '@/sandbox/lifecycle/subscription/preview-cancellation'
import { previewFirstInvoice } from '@/sandbox/lifecycle/subscription/preview-first-invoice'
import { previewResumptionInvoice } from '@/sandbox/lifecycle/subscription/preview-resumption'
import { creditingTrial, withTrialUntil } from '@/sandbox/lifecycle/subscription/preview-trial'
import { restartCycle } from '@/sandbox/lifecycle/subscription/restart-cycle'
import type { Tx } from '@/sandbox/store/transaction'
import { DISCOUNTS } from './discount-params'
import { itemChanges } from './item-changes'
import { named } from './references'
import { withDiscounts } from './subscription-discounts'
import { ownerOf, requireBilled } from './subscription-items-change'
import { ITEM_CHANGE, PRORATION } from './subscription-params'

const ITEMS = 'subscription_details[items]'

const DETAILS = {
  items: list(hash(ITEM_CHANGE), 20),
  proration_behavior: PRORATION,
  proration_date: instant(),
  cancel_now: flag(),
  cancel_at: clearable(either(oneOf('max_period_end', 'min_period_end'), instant())),
  cancel_at_period_end: flag(),
  billing_cycle_anchor: hash({
    type: required(oneOf('now', 'timestamp', 'unchanged')),
  }),
  trial_end: either(oneOf('now'), instant()),
  resume_at: oneOf('now'),
}

/** The parameters of `POST /v1/invoices/create_preview`. */
export const PREVIEW = {
  customer: text(),
  subscription: text(),
  subscription_details: hash(DETAILS),
  currency: text(3),
  preview_mode: oneOf('next', 'recurring'),
  discounts: DISCOUNTS,
  schedule: text(),
}

/** Works out an invoice without writing anything. */
export function previewInvoice({ tx, params }: Call<typeof PREVIEW>): Stripe.Invoice {
  const details: Details = params.subscription_details ?? {}
  if (params.customer !== undefined) named(tx, 'customer', params.customer, 'customer')
  const about = subscriptionAsked(tx, params)
  if (about === undefined) return previewNew(tx, params, details)
  const found = named(tx, 'subscription', about, 'subscription')
  const subscription = withDiscounts(tx, found, params.discounts)
  if (params.customer !== undefined && params.customer !== idOf(subscription.customer)) {
    throw ApiError.invalid('The subscription does not belong to the customer.', 'subscription')
  }
  if (hasEnded(subscription))
    throw ApiError.invalid(
      'No upcoming invoices for a canceled subscription.',
      'subscription',
      'invoice_upcoming_none',
    )
  if (details.resume_at !== undefined) return previewResumed(tx, subscription)
  const behavior = details.proration_behavior ?? 'create_prorations'
  const at = details.proration_date ?? tx.now
  if (details.cancel_now)
    return previewCancellation(tx, subscription, behavior === 'none' ? null : at)
  const anew = details.billing_cycle_anchor?.type === 'now'
  if (anew) requireBilled(subscription)
  const base = onAskedTrial(tx, subscription, details)
  const moved =
    details.items || anew
      ? planChange(tx, base, itemChanges(tx, details.items ?? [], ITEMS, ownerOf(base)), {
          at,
          behavior,
        })
      : null
  const planned = moved && anew ? restartCycle(tx, subscription, moved, behavior) : moved
  if (base !== subscription) {
    // What a trial makes free waits for the invoice at its end, however the change is to be billed.
    const credits = subscription.status !== 'trialing' && behavior !== 'none'
    const change = credits ? creditingTrial(tx, subscription, base, planned) : planned
    return previewChangeInvoice(tx, base, change, 'create_prorations')
  }
  const upcoming = planned
    ? subscription
    : inNextPhase(tx, subscription, params.discounts !== undefined)
  return previewChangeInvoice(tx, upcoming, planned, behavior)
}

function previewResumed(tx: Tx, subscription: Readonly<Stripe.Subscription>): Stripe.Invoice {
  if (subscription.status === 'paused') return previewResumptionInvoice(tx, subscription)
  throw ApiError.invalid(
    'Only a paused subscription can be resumed.',
    'subscription_details[resume_at]',
  )
}

/**
 * The subscription that a preview is about, named by itself or by its schedule; undefined when it
 * is about another one.
 */
function subscriptionAsked(
  tx: Tx,
  { schedule: id, subscription }: Read<typeof PREVIEW>,
): string | undefined {
  if (id === undefined) return subscription
  if (subscription !== undefined)
    throw ApiError.invalid(
      'You may only specify one of these parameters: schedule, subscription.',
      'schedule',
    )
  const own = optionalId(named(tx, 'subscription_schedule', id, 'schedule').subscription)
  if (own !== null) return own
  throw ApiError.invalid(
    'No upcoming invoices for this schedule.',
    'schedule',
    'invoice_upcoming_none',
  )
}

function onAskedTrial(
  tx: Tx,
  subscription: Readonly<Stripe.Subscription>,
  { trial_end: end, billing_cycle_anchor: anchor }: Details,
): Readonly<Stripe.Subscription> {
  if (end === undefined) return subscription
  if (anchor?.type === 'now')
    throw ApiError.invalid(
      'You may only specify one of these parameters: billing_cycle_anchor, trial_end.',
      'subscription_details[trial_end]',
    )
  return withTrialUntil(tx, subscription, end)
}

type Details = Partial<Read<typeof DETAILS>>

function previewNew(
  tx: Tx,
  { customer, currency, discounts }: Read<typeof PREVIEW>,
  { items = [] }: Details,
): Stripe.Invoice {
  if (customer === undefined) throw missing('customer')
  if (items.length === 0) throw missing('subscription')
  const owner = { customer, currency, items: [] }
  const lines = itemChanges(tx, items, ITEMS, owner).map(({ price, quantity, discounts }) => ({
    price: price ?? '',
    quantity: quantity ?? 1,
    discounts: (discounts ?? []).filter((entry) => typeof entry !== 'string'),
  }))
  return previewFirstInvoice(tx, customer, lines, (subscription) =>
    withDiscounts(tx, subscription, discounts),
  )
}
