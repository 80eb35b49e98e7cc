import type Stripe from 'stripe'
import { ApiError } from '@/sandbox/http/api-error'
import type { Call } from '@/sandbox/http/endpoint'
import { withMetadata } from '@/sandbox/http/metadata'
import type { Read } from '@/sandbox/http/rule'
import { idOf } from '@/sandbox/ids'
import { setDiscounts } from '@/sandbox/lifecycle/discount/set-discounts'
import { ABSENT, declineOf } from '@/sandbox/lifecycle/payment/decline'
import { methodOf } from '@/sandbox/lifecycle/subscription/method'
import { moveTrial } from '@/sandbox/lifecycle/subscription/move-trial'
import { hasEnded, nextBillingAt, paidThrough } from '@/sandbox/lifecycle/subscription/period'
import { uncancel } from '@/sandbox/lifecycle/subscription/uncancel'
import type { Settings } from '@/sandbox/settings'
import type { Tx } from '@/sandbox/store/transaction'
import { addItems } from './added-items'
import { paymentRefused } from './card-refused'
import { ownMethod } from './references'
import { wantedDiscounts } from './subscription-discounts'
import { automaticTax, collectionOf } from './subscription-given'
import { changeItems } from './subscription-items-change'
import type { UPDATE } from './subscription-params'
import { ratesNamed } from './tax-rates'

type Params = Read<typeof UPDATE>

/** Changes a subscription. What has ended can only have its metadata and cancellation details changed. */
export function updateSubscription({
  tx,
  id,
  params,
  settings,
}: Call<typeof UPDATE>): Readonly<Stripe.Subscription> {
  const subscription = tx.edit('subscription', id)
  if (hasEnded(subscription)) requireOnlyNotes(params)
  requireUnscheduled(subscription, params)
  subscription.metadata = withMetadata(subscription.metadata, params.metadata)
  if (params.description !== undefined) subscription.description = params.description
  if (params.default_payment_method !== undefined) {
    subscription.default_payment_method =
      params.default_payment_method &&
      ownMethod(
        tx,
        params.default_payment_method,
        idOf(subscription.customer),
        'default_payment_method',
      )
  }
  if (params.pause_collection !== undefined) {
    const pause = params.pause_collection
    subscription.pause_collection = pause && {
      behavior: pause.behavior,
      resumes_at: pause.resumes_at ?? null,
    }
  }
  if (params.collection_method !== undefined || params.days_until_due !== undefined) {
    const { collection_method = subscription.collection_method, days_until_due } = params
    const method = collection_method === 'send_invoice' ? 'send_invoice' : 'charge_automatically'
    const days = days_until_due ?? (method === 'send_invoice' ? subscription.days_until_due : null)
    Object.assign(
      subscription,
      collectionOf({ collection_method: method, days_until_due: days ?? undefined }),
    )
  }
  if (params.automatic_tax) {
    const customer = tx.get('customer', idOf(subscription.customer))
    subscription.automatic_tax = automaticTax(params.automatic_tax, customer)
  }
  if (params.default_tax_rates !== undefined)
    subscription.default_tax_rates = ratesNamed(tx, params.default_tax_rates, 'default_tax_rates')
  addItems(tx, subscription, params.add_invoice_items)
  if (params.trial_settings) {
    const { missing_payment_method } = params.trial_settings.end_behavior
    subscription.trial_settings = {
      end_behavior: { billing_cycle_anchor: null, missing_payment_method },
    }
  }
  if (params.payment_settings?.save_default_payment_method && subscription.payment_settings) {
    subscription.payment_settings.save_default_payment_method =
      params.payment_settings.save_default_payment_method
  }
  if (params.discounts !== undefined)
    setDiscounts(tx, subscription, wantedDiscounts(tx, subscription, params.discounts))
  planEnd(tx, subscription, params)
  noteReason(subscription, params)
  const { trial_end: trialEnd } = params
  const prorate = params.proration_behavior !== 'none'
  if (typeof trialEnd === 'number') moveTrial(tx, settings, subscription, trialEnd, prorate)
  if (params.items || params.billing_cycle_anchor?.type === 'now')
    changeItems(tx, settings, subscription, params)
  // Last, because it is charged at once, for what the subscription is by then.
  if (trialEnd === 'now') endTrialNow(tx, settings, subscription, params)
  tx.emit('customer.subscription.updated', 'subscription', id)
  return subscription
}

function endTrialNow(
  tx: Tx,
  settings: Settings,
  subscription: Stripe.Subscription,
  { payment_behavior: onFailure }: Params,
) {
  const method = methodOf(tx, subscription)
  const decline = declineOf(tx, method, ABSENT)
  if (decline && onFailure === 'error_if_incomplete') throw paymentRefused(decline, 'subscription')
  moveTrial(tx, settings, subscription, 'now', false)
}

/** While a schedule is attached, what it decides cannot be decided past it. */
function requireUnscheduled(subscription: Stripe.Subscription, params: Params) {
  const { items, cancel_at, cancel_at_period_end, trial_end, discounts } = params
  const billing_cycle_anchor =
    params.billing_cycle_anchor?.type === 'now' ? params.billing_cycle_anchor : undefined
  const own = { items, cancel_at, cancel_at_period_end, trial_end, discounts, billing_cycle_anchor }
  const [param] = Object.entries(own).find(([, value]) => value !== undefined) ?? []
  if (!subscription.schedule || param === undefined) return
  throw ApiError.invalid(
    `The subscription is managed by the subscription schedule \`${idOf(subscription.schedule)}\`, and updating \`${param}\` directly is not allowed. Please update the schedule instead, or release it.`,
    param,
  )
}

function requireOnlyNotes({
  metadata: _metadata,
  cancellation_details: _details,
  ...others
}: Params) {
  if (Object.values(others).every((value) => value === undefined)) return
  throw ApiError.invalid(
    'A canceled subscription can only update its cancellation_details and metadata.',
  )
}

/** Plans the end of a subscription that is asked for, or takes it back. */
export function planEnd(
  tx: Tx,
  subscription: Stripe.Subscription,
  { cancel_at, cancel_at_period_end }: Pick<Params, 'cancel_at' | 'cancel_at_period_end'>,
) {
  if (cancel_at !== undefined && cancel_at !== null && cancel_at_period_end) {
    throw ApiError.invalid(
      'You may only specify one of these parameters: cancel_at, cancel_at_period_end.',
      'cancel_at',
    )
  }
  const end = endOf(subscription, cancel_at, cancel_at_period_end)
  if (end === undefined) return
  if (end === null) return uncancel(tx, subscription.id)
  if (end <= tx.now)
    throw ApiError.invalid('The `cancel_at` timestamp must be in the future.', 'cancel_at')
  subscription.cancel_at = end
  subscription.cancel_at_period_end = cancel_at_period_end === true
  subscription.canceled_at = tx.now
  subscription.cancellation_details = {
    comment: null,
    feedback: null,
    feedback_option: null,
    reason: 'cancellation_requested',
  }
}

/** When it is to end; null to go on, undefined to leave it as it is. */
function endOf(
  subscription: Stripe.Subscription,
  at: Params['cancel_at'],
  atPeriodEnd: boolean | undefined,
): number | null | undefined {
  if (atPeriodEnd) return paidThrough(subscription)
  if (at === 'max_period_end') return paidThrough(subscription)
  if (at === 'min_period_end') return nextBillingAt(subscription)
  if (at !== undefined) return at
  // Clearing one flag leaves an end that was planned the other way alone.
  return atPeriodEnd === false && subscription.cancel_at_period_end ? null : undefined
}

function noteReason(subscription: Stripe.Subscription, { cancellation_details: given }: Params) {
  if (!given || !subscription.cancellation_details) return
  if (given.comment !== undefined) subscription.cancellation_details.comment = given.comment
  if (given.feedback !== undefined) subscription.cancellation_details.feedback = given.feedback
}
