import type Stripe from 'stripe'
import { idOf } from '@/sandbox/ids'
import { amountText } from '@/sandbox/lifecycle/money'
import { costOf, isMetered } from '@/sandbox/lifecycle/price/cost'
import { ratesIn } from '@/sandbox/lifecycle/price/rates'
import { tierParts } from '@/sandbox/lifecycle/price/tier-parts'
import { productOf } from '@/sandbox/lifecycle/product-of'
import { newInvoiceLine } from '@/sandbox/objects/invoice-line'
import type { Tx } from '@/sandbox/store/transaction'

/** The lines for a whole period of an item: one, or as many as its tiers make; one that is free during a trial. */
export function periodLines(
  tx: Tx,
  invoice: string,
  subscription: Readonly<Stripe.Subscription>,
  item: Stripe.SubscriptionItem,
  trial: boolean,
): Stripe.InvoiceLineItem[] {
  const { price, current_period_start: start, current_period_end: end } = item
  const quantity = isMetered(price) ? 0 : (item.quantity ?? 1)
  const given = { invoice, subscription, item, quantity, period: { start, end } }
  if (!trial && isMetered(price)) return nothingUsed(tx, given)
  if (!trial) return itemLines(tx, given)
  const description = `Free trial for ${unitsOf(tx, price, quantity)} × ${productName(tx, price)}`
  return [itemLine(given, { amount: 0, unit: 0, quantity, description })]
}

interface Given {
  invoice: string
  subscription: Readonly<Stripe.Subscription>
  item: Stripe.SubscriptionItem
  quantity: number
  period: { start: number; end: number }
}

/** The lines for so many units of an item, for a period: one, or one for each part of each tier that is reached. */
export function itemLines(tx: Tx, given: Given): Stripe.InvoiceLineItem[] {
  const { subscription, item, quantity } = given
  const { price } = item
  const { currency } = subscription
  const name = productName(tx, price)
  const parts = tierParts(price, quantity, currency)
  if (parts)
    return parts.map(({ tier, units, flat, each, amount }) => {
      const at = `${name} (Tier ${tier} at ${amountText(each, currency)} ${everyOf(price)})`
      const description = flat ? at : `${unitsOf(tx, price, units)} × ${at}`
      return itemLine(given, { amount, unit: flat ? null : each, quantity: units, description })
    })
  const { unit_amount, unit_amount_decimal } = ratesIn(price, currency)
  const unit = Number(unit_amount_decimal ?? unit_amount)
  const at = `(at ${amountText(unit, currency)} ${everyOf(price)})`
  return [
    itemLine(given, {
      amount: costOf(price, quantity, currency),
      unit,
      quantity,
      description: `${unitsOf(tx, price, quantity)} × ${name} ${at}`,
    }),
  ]
}

/** The lines for a metered item before it is used: what its first tier asks at once is asked for afterwards, too. */
export function nothingUsed(tx: Tx, given: Given): Stripe.InvoiceLineItem[] {
  return itemLines(tx, { ...given, quantity: 0 }).filter(({ amount }) => amount === 0)
}

function itemLine(
  { invoice, subscription, item, period }: Given,
  asked: { amount: number; unit: number | null; quantity: number; description: string },
): Stripe.InvoiceLineItem {
  return newInvoiceLine({
    invoice,
    subscription: subscription.id,
    item: item.id,
    price: item.price,
    currency: subscription.currency,
    period,
    proration: false,
    metadata: subscription.metadata,
    discounts: item.discounts.map(idOf),
    ...asked,
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
