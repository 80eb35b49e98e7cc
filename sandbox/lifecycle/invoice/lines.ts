import type Stripe from 'stripe'
import { amountText } from '@/sandbox/lifecycle/money'
import { productOf } from '@/sandbox/lifecycle/product-of'
import { newInvoiceLine } from '@/sandbox/objects/invoice-line'
import type { Tx } from '@/sandbox/store/transaction'

/** One line for a whole period of an item; `amount` is 0 during a trial. */
export function periodLine(
  tx: Tx,
  invoice: string,
  subscription: Stripe.Subscription,
  item: Stripe.SubscriptionItem,
  trial: boolean,
): Stripe.InvoiceLineItem {
  const quantity = item.quantity ?? 1
  const name = productName(tx, item.price)
  const unit = item.price.unit_amount ?? 0
  const rhythm = item.price.recurring
  const every =
    rhythm && rhythm.interval_count > 1
      ? `every ${rhythm.interval_count} ${rhythm.interval}s`
      : `/ ${rhythm?.interval ?? 'month'}`
  const description = trial
    ? `Trial period for ${name}`
    : `${quantity} × ${name} (at ${amountText(unit, item.price.currency)} ${every})`
  return newInvoiceLine({
    invoice,
    subscription: subscription.id,
    item: item.id,
    price: item.price,
    quantity,
    amount: trial ? 0 : unit * quantity,
    description,
    period: { start: item.current_period_start, end: item.current_period_end },
    proration: false,
    metadata: subscription.metadata,
  })
}

/** The name of a price's product, as people know it. */
export function productName(tx: Tx, price: Stripe.Price): string {
  return productOf(tx, price)?.name ?? 'Subscription'
}
