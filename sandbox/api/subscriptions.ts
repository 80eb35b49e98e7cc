import type Stripe from 'stripe'
import { ApiError } from '@/sandbox/http/api-error'
import { endpoint } from '@/sandbox/http/endpoint'
import { page, paging, range, within } from '@/sandbox/http/listing'
import { required } from '@/sandbox/http/rule'
import { hash, oneOf, text } from '@/sandbox/http/rules'
import { idOf, optionalId } from '@/sandbox/ids'
import { cancelNow } from '@/sandbox/lifecycle/subscription/cancel-now'
import { pauseSubscription } from '@/sandbox/lifecycle/subscription/pause'
import { hasEnded, nextBillingAt } from '@/sandbox/lifecycle/subscription/period'
import { resumePaused } from '@/sandbox/lifecycle/subscription/resume-paused'
import { requireFlexible } from './billing-mode'
import { paymentRefused } from './card-refused'
import { startSubscription } from './subscription-create'
import { CANCEL, CREATE, PRORATION, UPDATE } from './subscription-params'
import { updateSubscription } from './subscription-update'

export const createSubscription = endpoint('POST', '/v1/subscriptions', CREATE, startSubscription)

export const changeSubscription = endpoint(
  'POST',
  '/v1/subscriptions/:id',
  UPDATE,
  updateSubscription,
)

export const getSubscription = endpoint('GET', '/v1/subscriptions/:id', {}, ({ tx, id }) =>
  tx.get('subscription', id),
)

export const cancelSubscription = endpoint(
  'DELETE',
  '/v1/subscriptions/:id',
  CANCEL,
  ({ tx, id, params, settings }) => {
    if (hasEnded(tx.get('subscription', id))) throw ApiError.missing('subscription', id)
    cancelNow(tx, settings, id, {
      prorate: params.prorate ?? false,
      invoiceNow: params.invoice_now ?? false,
      comment: params.cancellation_details?.comment ?? null,
      feedback: params.cancellation_details?.feedback ?? null,
    })
    return tx.get('subscription', id)
  },
)

export const pauseActiveSubscription = endpoint(
  'POST',
  '/v1/subscriptions/:id/pause',
  {
    type: oneOf('subscription'),
    bill_for: hash({
      outstanding_usage_through: hash({ type: required(oneOf('none', 'now')) }),
      unused_time_from: hash({
        type: required(oneOf('item_current_period_start', 'none', 'now')),
      }),
    }),
    invoicing_behavior: oneOf('pending_invoice_item'),
  },
  ({ tx, id, params }) => {
    const subscription = tx.get('subscription', id)
    requireFlexible(subscription, 'Pausing')
    const { status, schedule } = subscription
    if (status !== 'active' && status !== 'past_due')
      throw ApiError.invalid(`Only active subscriptions can be paused. This one is ${status}.`)
    if (schedule)
      throw ApiError.invalid('A subscription with an attached schedule cannot be paused.')
    pauseSubscription(tx, id, params.bill_for?.unused_time_from?.type ?? 'none')
    return tx.get('subscription', id)
  },
)

export const resumeSubscription = endpoint(
  'POST',
  '/v1/subscriptions/:id/resume',
  {
    billing_cycle_anchor: hash({ type: oneOf('now') }),
    payment_behavior: oneOf('resume_on_payment_attempt', 'resume_on_payment_success'),
    proration_behavior: PRORATION,
  },
  ({ tx, id, params, settings }) => {
    const { status } = tx.get('subscription', id)
    if (status !== 'paused') {
      throw ApiError.invalid(`Only paused subscriptions can be resumed. This one is ${status}.`)
    }
    const attempt = params.payment_behavior === 'resume_on_payment_attempt'
    const decline = resumePaused(tx, settings, id, !attempt)
    if (decline) throw paymentRefused(decline, 'subscription')
    return tx.get('subscription', id)
  },
)

export const listSubscriptions = endpoint(
  'GET',
  '/v1/subscriptions',
  {
    ...paging,
    collection_method: text(),
    created: range(),
    current_period_end: range(),
    current_period_start: range(),
    customer: text(),
    plan: text(),
    price: text(),
    status: oneOf(
      'active',
      'all',
      'canceled',
      'ended',
      'incomplete',
      'incomplete_expired',
      'past_due',
      'paused',
      'trialing',
      'unpaid',
    ),
    test_clock: text(),
  },
  ({ tx, params }) =>
    page(
      tx.all('subscription'),
      params,
      '/v1/subscriptions',
      (row) =>
        (params.customer === undefined || idOf(row.customer) === params.customer) &&
        onAskedClock(row, params) &&
        (params.collection_method === undefined ||
          row.collection_method === params.collection_method) &&
        [params.price, params.plan].every(
          (price) => price === undefined || row.items.data.some((item) => item.price.id === price),
        ) &&
        hasStatus(row, params.status) &&
        within(row.created, params.created) &&
        within(nextBillingAt(row), params.current_period_end) &&
        within(
          Math.max(...row.items.data.map((item) => item.current_period_start)),
          params.current_period_start,
        ),
    ),
)

/** What lives on a test clock is only listed for that clock or for its customer. */
function onAskedClock(
  { test_clock }: Readonly<Stripe.Subscription>,
  asked: { test_clock?: string | undefined; customer?: string | undefined },
): boolean {
  if (asked.test_clock !== undefined) return optionalId(test_clock) === asked.test_clock
  return test_clock === null || asked.customer !== undefined
}

/** Without a filter, everything that was not canceled. */
function hasStatus(row: Readonly<Stripe.Subscription>, asked: string | undefined): boolean {
  if (asked === undefined) return row.status !== 'canceled'
  if (asked === 'all') return true
  return asked === 'ended' ? hasEnded(row) : row.status === asked
}
