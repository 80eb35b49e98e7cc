import type Stripe from 'stripe'
import { idOf, newId } from '@/sandbox/ids'
import { decimal } from '@/sandbox/objects/decimal'
import { asSent } from '@/sandbox/objects/invoice-line'
import type { Tx } from '@/sandbox/store/transaction'

/** Amounts that wait for a subscription's next invoice. */
export function pendingItems(tx: Tx, subscription: string): Readonly<Stripe.InvoiceItem>[] {
  return tx
    .by('invoiceitem', 'subscription', subscription)
    .filter(({ invoice }) => invoice === null)
}

/** Turns an invoice line into an amount that waits, and returns its id. */
export function addPendingItem(tx: Tx, customer: string, line: Stripe.InvoiceLineItem): string {
  return tx.insert('invoiceitem', prorationItem(tx, customer, line)).id
}

/** The invoice item that a line of a proration stands for. */
export function prorationItem(
  tx: Tx,
  customer: string,
  line: Stripe.InvoiceLineItem,
): Stripe.InvoiceItem {
  const details = line.parent?.subscription_item_details
  return {
    id: details?.invoice_item ?? newId('ii'),
    object: 'invoiceitem',
    amount: line.amount,
    currency: line.currency,
    customer,
    customer_account: null,
    date: tx.now,
    description: line.description,
    discountable: false,
    discounts: [],
    invoice: null,
    livemode: false,
    metadata: {},
    net_amount: line.amount,
    parent: {
      subscription_details: {
        subscription: details?.subscription ?? '',
        ...(details ? { subscription_item: details.subscription_item } : {}),
      },
      type: 'subscription_details',
    },
    period: line.period,
    pricing: line.pricing && {
      ...(line.pricing.price_details ? { price_details: line.pricing.price_details } : {}),
      type: 'price_details',
      unit_amount_decimal: line.pricing.unit_amount_decimal,
    },
    proration: true,
    quantity: line.quantity ?? 1,
    quantity_decimal: decimal(line.quantity ?? 1),
    tax_rates: [],
    test_clock: tx.get('customer', customer).test_clock ?? null,
  }
}

/** The invoice line for an amount that waited. */
export function pendingLine(
  invoice: string,
  item: Readonly<Stripe.InvoiceItem>,
): Stripe.InvoiceLineItem {
  return asSent({
    id: newId('il'),
    object: 'line_item',
    amount: item.amount,
    currency: item.currency,
    description: item.description,
    discount_amounts: [],
    discountable: item.discountable,
    discounts: (item.discounts ?? []).map(idOf),
    invoice,
    livemode: false,
    metadata: { ...item.metadata },
    parent: parentOf(item),
    period: item.period,
    pretax_credit_amounts: [],
    pricing: item.pricing,
    quantity: item.quantity,
    quantity_decimal: item.quantity_decimal,
    subtotal: item.amount,
    taxes: [],
  })
}

/** A proration belongs to the item of the subscription that it is for; anything else to itself. */
function parentOf({
  id: invoice_item,
  parent,
  proration,
}: Readonly<Stripe.InvoiceItem>): Stripe.InvoiceLineItem.Parent {
  const { subscription = null, subscription_item } = parent?.subscription_details ?? {}
  const proration_details = { credited_items: null }
  if (proration && subscription_item)
    return {
      invoice_item_details: null,
      subscription_item_details: {
        invoice_item,
        proration,
        proration_details,
        subscription,
        subscription_item,
      },
      type: 'subscription_item_details',
    }
  return {
    invoice_item_details: { invoice_item, proration, proration_details, subscription },
    subscription_item_details: null,
    type: 'invoice_item_details',
  }
}
