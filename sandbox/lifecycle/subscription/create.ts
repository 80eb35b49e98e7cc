import type Stripe from 'stripe'
import { newId } from '@/sandbox/ids'
import type { Grant } from '@/sandbox/lifecycle/discount/grant'
import { redeem } from '@/sandbox/lifecycle/discount/redeem'
import { draftInvoice } from '@/sandbox/lifecycle/invoice/draft'
import { finalize } from '@/sandbox/lifecycle/invoice/finalize'
import { periodLine } from '@/sandbox/lifecycle/invoice/lines'
import { periodFrom } from '@/sandbox/lifecycle/periods'
import { itemList, newItem, newSubscription } from '@/sandbox/objects/subscription'
import type { Settings } from '@/sandbox/settings'
import type { Tx } from '@/sandbox/store/transaction'

export interface NewSubscription {
  customer: string
  items: { price: string; quantity: number }[]
  trialEnd: number | null
  method: string | null
  given: Partial<Stripe.Subscription>
  discounts?: readonly Grant[]
  /** The Checkout session that it comes from. */
  session?: string
}

/** Writes a subscription with its first invoice, finalised. It is incomplete until somebody pays what is due, unless nothing is. */
export function createSubscription(
  tx: Tx,
  settings: Settings,
  asked: NewSubscription,
): { subscription: Stripe.Subscription; invoice: Stripe.Invoice } {
  const id = newId('sub')
  const trial = asked.trialEnd !== null
  const anchor = asked.trialEnd ?? tx.now
  const items = asked.items.map(({ price: priceId, quantity }) => {
    const price = structuredClone(tx.get('price', priceId))
    const period =
      asked.trialEnd === null
        ? periodFrom(tx.now, tx.now, recurring(price))
        : { start: tx.now, end: asked.trialEnd }
    return newItem(tx.now, id, price, quantity, period)
  })
  const currency = items[0]?.price.currency ?? 'usd'
  const subscription = tx.insert('subscription', {
    ...newSubscription(tx.now, {
      id,
      customer: asked.customer,
      currency,
      status: trial ? 'trialing' : 'incomplete',
      items: itemList(id, items),
    }),
    billing_cycle_anchor: anchor,
    default_payment_method: asked.method,
    test_clock: tx.get('customer', asked.customer).test_clock ?? null,
    trial_start: trial ? tx.now : null,
    trial_end: asked.trialEnd,
    ...asked.given,
  })
  subscription.discounts = (asked.discounts ?? []).map(
    (grant) => redeem(tx, { id, customer: asked.customer }, grant, asked.session).id,
  )
  tx.edit('customer', asked.customer).currency ??= currency
  const lines = (invoice: string) =>
    items.map((item) => periodLine(tx, invoice, subscription, item, trial))
  const draft = draftInvoice(tx, id, {
    reason: 'subscription_create',
    lines,
    alone: asked.session !== undefined,
  })
  const invoice = finalize(tx, settings, draft.id)
  if (invoice.status === 'paid' && !trial) subscription.status = 'active'
  return { subscription, invoice }
}

/** A price's rhythm. Prices without one are refused before they get here. */
export function recurring(price: Readonly<Stripe.Price>): Stripe.Price.Recurring {
  if (price.recurring) return price.recurring
  throw new TypeError(`Price ${price.id} does not recur.`)
}
