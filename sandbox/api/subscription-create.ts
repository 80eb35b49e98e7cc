import type Stripe from 'stripe'
import { ApiError } from '@/sandbox/http/api-error'
import type { Call } from '@/sandbox/http/endpoint'
import { withMetadata } from '@/sandbox/http/metadata'
import type { Read } from '@/sandbox/http/rule'
import { idOf, optionalId } from '@/sandbox/ids'
import type { Grant } from '@/sandbox/lifecycle/discount/grant'
import { emitNewInvoice, emitPayment } from '@/sandbox/lifecycle/invoice/emit'
import { type Collected, pay } from '@/sandbox/lifecycle/invoice/pay'
import { ABSENT, declineOf } from '@/sandbox/lifecycle/payment/decline'
import { costOf } from '@/sandbox/lifecycle/price/cost'
import { createSubscription } from '@/sandbox/lifecycle/subscription/create'
import type { Tx } from '@/sandbox/store/transaction'
import { addItems } from './added-items'
import { billingModeOf, requireOneInterval } from './billing-mode'
import { paymentRefused } from './card-refused'
import { grantOf } from './discount-params'
import { itemDiscountsAsked } from './item-changes'
import { itemPrice } from './item-price'
import { named, ownMethod } from './references'
import { anchorOf, currencyOf } from './subscription-choices'
import { givenFields } from './subscription-given'
import type { CREATE } from './subscription-params'
import { planEnd } from './subscription-update'
import { ratesNamed } from './tax-rates'

type Params = Read<typeof CREATE>

/** Creates a subscription and collects its first invoice. */
export function startSubscription({
  tx,
  params,
  settings,
}: Call<typeof CREATE>): Readonly<Stripe.Subscription> {
  const customer = named(tx, 'customer', params.customer, 'customer')
  const given = givenFields(tx, params, customer)
  const items = params.items.map((item, nth) => ({
    ...itemAsked(tx, item, params, `items[${nth}]`),
    metadata: withMetadata({}, item.metadata),
    tax_rates: ratesNamed(tx, item.tax_rates, `items[${nth}][tax_rates]`),
  }))
  const currency = currencyOf(tx, params.currency?.toLowerCase(), customer, items)
  requireOneInterval(
    { billing_mode: billingModeOf(tx.now, params.billing_mode).billing_mode },
    items.map(({ price }) => tx.get('price', price)),
  )
  const own = params.default_payment_method
    ? ownMethod(tx, params.default_payment_method, customer.id, 'default_payment_method')
    : null
  const method = own ?? optionalId(customer.invoice_settings.default_payment_method)
  const trialEnd = trialEndOf(tx, params.trial_end, params.trial_period_days)
  const behavior = params.payment_behavior ?? 'allow_incomplete'
  const sends = given.collection_method === 'send_invoice'
  const later = sends || trialEnd !== null
  if (method === null && !later && behavior !== 'default_incomplete') throw noMethod()
  const decline = !later ? declineOf(tx, method, ABSENT) : null
  if (decline && behavior === 'error_if_incomplete') throw paymentRefused(decline, 'subscription')
  const { subscription, invoice } = createSubscription(tx, settings, {
    customer: customer.id,
    items,
    trialEnd,
    method: own,
    discounts: grantsOf(tx, params, items, customer.id),
    given,
    currency,
    anchor: anchorOf(tx.now, params.billing_cycle_anchor, items, (id) => tx.get('price', id)),
    prorates: params.proration_behavior !== 'none',
    backdated: params.backdate_start_date,
    adds: (made) => addItems(tx, made, params.add_invoice_items),
    drafts: sends,
  })
  planEnd(tx, subscription, params)
  if (subscription.payment_settings) {
    subscription.payment_settings.save_default_payment_method =
      params.payment_settings?.save_default_payment_method ?? 'off'
  }
  if (sends) return emitDrafted(tx, subscription, invoice.id)
  collectFirst(tx, subscription, invoice.id, behavior === 'default_incomplete' ? 'wait' : method)
  return subscription
}

function itemAsked(
  tx: Tx,
  item: Params['items'][number],
  { customer, currency }: Params,
  param: string,
) {
  const price = itemPrice(tx, item, param)
  const quantity = item.quantity ?? 1
  const owner = { customer, currency: currency?.toLowerCase(), items: [] }
  const asked = itemDiscountsAsked(tx, { ...item, price }, owner, param) ?? []
  // No item is there yet whose discount could be kept.
  const discounts = asked.filter((entry) => typeof entry !== 'string')
  return { price, quantity, discounts }
}

function grantsOf(
  tx: Tx,
  { discounts }: Params,
  items: { price: string; quantity: number }[],
  customer: string,
): Grant[] {
  const priced = items.map(({ price, quantity }) => ({ ...tx.get('price', price), quantity }))
  const buyer = {
    customer,
    amount: priced.reduce((sum, { quantity, ...price }) => sum + costOf(price, quantity), 0),
    currency: priced[0]?.currency ?? 'usd',
  }
  return (discounts ?? []).map((entry, index) => grantOf(tx, entry, buyer, `discounts[${index}]`))
}

/** What is sent begins at once: its first invoice is a draft for an hour. */
function emitDrafted(
  tx: Tx,
  subscription: Stripe.Subscription,
  invoice: string,
): Readonly<Stripe.Subscription> {
  tx.emit('customer.updated', 'customer', idOf(subscription.customer))
  tx.emit('customer.subscription.created', 'subscription', subscription.id)
  tx.emit('invoice.created', 'invoice', invoice)
  return subscription
}

function collectFirst(
  tx: Tx,
  subscription: Stripe.Subscription,
  invoice: string,
  method: string | null | 'wait',
) {
  const nothing: Collected = { invoice, decline: null, intent: null, charge: null, payment: null }
  const collected = method === 'wait' ? nothing : pay(tx, invoice, method, ABSENT)
  if (
    subscription.status === 'incomplete' &&
    (collected.processing || tx.get('invoice', invoice).status === 'paid')
  )
    subscription.status = 'active'
  tx.emit('customer.updated', 'customer', idOf(subscription.customer))
  tx.emit('customer.subscription.created', 'subscription', subscription.id)
  if (method === 'wait' && tx.get('invoice', invoice).status === 'open') {
    tx.emit('invoice.created', 'invoice', invoice)
    tx.emit('invoice.finalized', 'invoice', invoice)
    return
  }
  emitPayment(tx, collected, true)
  emitNewInvoice(tx, collected)
}

function trialEndOf(
  tx: Tx,
  end: 'now' | number | undefined,
  days: number | undefined,
): number | null {
  if (end !== undefined && days !== undefined) {
    throw ApiError.invalid(
      'You may only specify one of these parameters: trial_end, trial_period_days.',
      'trial_end',
    )
  }
  if (days !== undefined) return tx.now + days * 86_400
  if (end === undefined || end === 'now') return null
  if (end <= tx.now) throw ApiError.invalid('The `trial_end` must be in the future.', 'trial_end')
  return end
}

function noMethod(): ApiError {
  return ApiError.invalid(
    'This customer has no attached payment source or default payment method. Please consider adding a default payment method. For more information, visit https://stripe.com/docs/billing/subscriptions/payment-methods-setting.',
    undefined,
    'resource_missing',
  )
}
