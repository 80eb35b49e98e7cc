import type Stripe from 'stripe'
import { netOfItem } from '@/sandbox/lifecycle/discount/net-of-item'
import { productName } from '@/sandbox/lifecycle/invoice/lines'
import { dayOf, share } from '@/sandbox/lifecycle/money'
import { costOf, isMetered } from '@/sandbox/lifecycle/price/cost'
import { newInvoiceLine } from '@/sandbox/objects/invoice-line'
import type { Tx } from '@/sandbox/store/transaction'
import { stubPart } from './stub'

/** Where a proration line goes, and the instant that it is counted from. */
export interface Proration {
  tx: Tx
  invoice: string
  subscription: Readonly<Stripe.Subscription>
  at: number
}

/** What the rest of an item's period was paid for and is not used: a negative line. */
export function unusedTime(
  where: Proration,
  item: Stripe.SubscriptionItem,
): Stripe.InvoiceLineItem {
  return line(
    where,
    item,
    -restOf(where, item, paidFor(where, item)),
    'Unused time on',
    creditedBy(where, item),
  )
}

/** What the rest of an item's period costs. */
export function remainingTime(
  where: Proration,
  item: Stripe.SubscriptionItem,
): Stripe.InvoiceLineItem {
  return line(
    where,
    item,
    restOf(where, item, netOfItem(where.tx, where.subscription, item, where.at)),
    'Remaining time on',
    null,
  )
}

function restOf(
  { subscription, at }: Proration,
  item: Stripe.SubscriptionItem,
  whole: number,
): number {
  // What is paid for afterwards was never paid for ahead.
  if (isMetered(item.price)) return 0
  const { current_period_start: start, current_period_end: end } = item
  // What a whole period costs is for a whole one, of which the first may be a part.
  const length = stubPart(subscription, item)?.whole ?? end - start
  return share(whole, Math.max(0, end - Math.max(at, start)), length)
}

/** What the item's whole period was charged at: after the discounts of then, not of now. */
function paidFor({ tx, subscription, at }: Proration, item: Stripe.SubscriptionItem): number {
  const gross = costOf(item.price, item.quantity ?? 1, subscription.currency)
  for (const invoice of tx.by('invoice', 'subscription', subscription.id).reverse()) {
    const charged = invoice.lines.data.filter(
      ({ parent, period }) =>
        parent?.subscription_item_details?.subscription_item === item.id &&
        !parent.subscription_item_details.proration &&
        period.start === item.current_period_start &&
        period.end === item.current_period_end,
    )
    if (charged.length === 0 || sum(charged) !== gross) continue
    return gross - sum(charged.flatMap((row) => row.discount_amounts ?? []))
  }
  return netOfItem(tx, subscription, item, at)
}

function sum(rows: readonly { amount: number }[]): number {
  return rows.reduce((total, { amount }) => total + amount, 0)
}

function line(
  { tx, invoice, subscription, at }: Proration,
  item: Stripe.SubscriptionItem,
  amount: number,
  words: string,
  credited: { invoice: string; invoice_line_items: string[] } | null,
): Stripe.InvoiceLineItem {
  const quantity = item.quantity ?? 1
  const name = productName(tx, item.price)
  return newInvoiceLine({
    invoice,
    subscription: subscription.id,
    item: item.id,
    price: item.price,
    quantity,
    currency: subscription.currency,
    unit: null,
    // Not -0, which is not the same as 0 to `Object.is`.
    amount: amount === 0 ? 0 : amount,
    description: `${words} ${quantity > 1 ? `${quantity} × ` : ''}${name} after ${dayOf(at)}`,
    period: { start: at, end: item.current_period_end },
    proration: true,
    credited,
    metadata: subscription.metadata,
  })
}

/** The newest line that the item was charged by. */
function creditedBy({ tx, subscription }: Proration, item: Stripe.SubscriptionItem) {
  for (const invoice of tx.by('invoice', 'subscription', subscription.id).reverse()) {
    const charged = invoice.lines.data.filter(
      ({ amount, parent }) =>
        amount > 0 && parent?.subscription_item_details?.subscription_item === item.id,
    )
    if (charged.length > 0)
      return { invoice: invoice.id, invoice_line_items: charged.map(({ id }) => id) }
  }
  return null
}
