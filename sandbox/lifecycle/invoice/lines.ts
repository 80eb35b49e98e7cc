import type Stripe from 'stripe'
import { amountText } from '@/sandbox/lifecycle/money'
import { costOf, isMetered, ratesIn } from '@/sandbox/lifecycle/price/cost'
import { productOf } from '@/sandbox/lifecycle/product-of'
import { newInvoiceLine } from '@/sandbox/objects/invoice-line'
import type { Tx } from '@/sandbox/store/transaction'

/** One line for a whole period of an item; it is free during a trial. */
export function periodLine(
  tx: Tx,
  invoice: string,
  subscription: Readonly<Stripe.Subscription>,
  item: Stripe.SubscriptionItem,
  trial: boolean,
): Stripe.InvoiceLineItem {
  const { price, current_period_start: start, current_period_end: end } = item
  const quantity = isMetered(price) ? 0 : (item.quantity ?? 1)
  const given = { invoice, subscription, item, quantity, period: { start, end } }
  if (!trial) return itemLine(tx, given)
  const description = `Free trial for ${unitsOf(tx, price, quantity)} × ${productName(tx, price)}`
  return itemLine(tx, given, { amount: 0, unit: 0, description })
}

/** One line for so many units of an item, for a period. */
export function itemLine(
  tx: Tx,
  given: {
    invoice: string
    subscription: Readonly<Stripe.Subscription>
    item: Stripe.SubscriptionItem
    quantity: number
    period: { start: number; end: number }
  },
  free: { amount: number; unit: number; description: string } | null = null,
): Stripe.InvoiceLineItem {
  const { invoice, subscription, item, quantity, period } = given
  const { price } = item
  const currency = subscription.currency
  const { unit_amount, unit_amount_decimal } = ratesIn(price, currency)
  const exact =
    price.billing_scheme === 'tiered' ? null : Number(unit_amount_decimal ?? unit_amount)
  const at = exact === null ? '' : ` (at ${amountText(exact, currency)} ${everyOf(price)})`
  return newInvoiceLine({
    invoice,
    subscription: subscription.id,
    item: item.id,
    price,
    quantity,
    currency,
    unit: exact,
    amount: costOf(price, quantity, currency),
    description: `${unitsOf(tx, price, quantity)} × ${productName(tx, price)}${at}`,
    period,
    proration: false,
    metadata: subscription.metadata,
    ...free,
  })
}

function everyOf({ recurring: interval }: Stripe.Price): string {
  return interval && interval.interval_count > 1
    ? `every ${interval.interval_count} ${interval.interval}s`
    : `/ ${interval?.interval ?? 'month'}`
}

/** "3", or "3 seat" where the product says what one of it is called. */
function unitsOf(tx: Tx, price: Stripe.Price, quantity: number): string {
  const label = productOf(tx, price)?.unit_label
  return label ? `${quantity} ${label}` : String(quantity)
}

/** The name of a price's product, as people know it. */
export function productName(tx: Tx, price: Stripe.Price): string {
  return productOf(tx, price)?.name ?? 'Subscription'
}
