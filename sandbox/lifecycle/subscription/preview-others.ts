import type Stripe from 'stripe'
import { newId, randomText } from '@/sandbox/ids'
import { buildInvoice } from '@/sandbox/lifecycle/invoice/draft'
import { periodLine } from '@/sandbox/lifecycle/invoice/lines'
import { periodFrom } from '@/sandbox/lifecycle/periods'
import { itemList, newItem, newSubscription } from '@/sandbox/objects/subscription'
import type { Tx } from '@/sandbox/store/transaction'
import { recurring } from './create'
import { unusedTime } from './prorate'

/** The invoice that cancelling now would make: the unused time since `at`, or nothing when that is null. */
export function previewCancellation(
  tx: Tx,
  subscription: Readonly<Stripe.Subscription>,
  at: number | null,
): Stripe.Invoice {
  const lines = (invoice: string) =>
    at === null
      ? []
      : subscription.items.data.map((item) => unusedTime({ tx, invoice, subscription, at }, item))
  return buildInvoice(tx, subscription, upcomingId(), { reason: 'upcoming', lines })
}

/** The first invoice of a subscription that does not exist yet. */
export function previewFirstInvoice(
  tx: Tx,
  customer: string,
  asked: { price: string; quantity: number }[],
  /** What else it is to have, such as discounts. */
  given: (plain: Stripe.Subscription) => Readonly<Stripe.Subscription>,
): Stripe.Invoice {
  const id = newId('sub')
  const items = asked.map(({ price: priceId, quantity }) => {
    const price = tx.get('price', priceId)
    return newItem(tx.now, id, price, quantity, periodFrom(tx.now, tx.now, recurring(price)))
  })
  const currency = items[0]?.price.currency ?? 'usd'
  const plain = newSubscription(tx.now, {
    id,
    customer,
    currency,
    status: 'active',
    items: itemList(id, items),
  })
  const subscription = given(plain)
  const lines = (invoice: string) =>
    items.map((item) => periodLine(tx, invoice, subscription, item, false))
  return buildInvoice(tx, subscription, upcomingId(), { reason: 'upcoming', lines })
}

/** Previews have ids of their own kind, and are never stored under them. */
export function upcomingId(): string {
  return `upcoming_in_1${randomText(23)}`
}
