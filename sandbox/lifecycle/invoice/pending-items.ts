import type Stripe from 'stripe'
import { newId } from '@/sandbox/ids'
import { decimal } from '@/sandbox/objects/decimal'
import type { Tx } from '@/sandbox/store/transaction'

/** Amounts that wait for a subscription's next invoice. */
export function pendingItems(tx: Tx, subscription: string): Readonly<Stripe.InvoiceItem>[] {
  return tx
    .by('invoiceitem', 'subscription', subscription)
    .filter(({ invoice }) => invoice === null)
}

/** Turns an invoice line into an amount that waits, and returns its id. */
export function addPendingItem(tx: Tx, customer: string, line: Stripe.InvoiceLineItem): string {
  const details = line.parent?.subscription_item_details
  const item = tx.insert('invoiceitem', {
    id: newId('ii'),
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
  })
  return item.id
}

/** The invoice line for an amount that waited. */
export function pendingLine(
  invoice: string,
  item: Readonly<Stripe.InvoiceItem>,
): Stripe.InvoiceLineItem {
  const subscription = item.parent?.subscription_details?.subscription ?? null
  return {
    id: newId('il'),
    object: 'line_item',
    amount: item.amount,
    currency: item.currency,
    description: item.description,
    discount_amounts: [],
    discountable: item.discountable,
    discounts: [],
    invoice,
    livemode: false,
    metadata: { ...item.metadata },
    parent: {
      invoice_item_details: {
        invoice_item: item.id,
        proration: item.proration,
        proration_details: { credited_items: null },
        subscription,
      },
      subscription_item_details: null,
      type: 'invoice_item_details',
    },
    period: item.period,
    pretax_credit_amounts: [],
    pricing: item.pricing,
    quantity: item.quantity,
    quantity_decimal: item.quantity_decimal,
    subscription,
    subtotal: item.amount,
    taxes: [],
  }
}
