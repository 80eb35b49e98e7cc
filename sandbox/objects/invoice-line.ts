import type Stripe from 'stripe'
import { idOf, newId } from '@/sandbox/ids'
import { decimal } from './decimal'

interface Given {
  invoice: string
  subscription: string
  item: string
  price: Stripe.Price
  quantity: number
  currency: string
  /** What one costs, in minor units; null when that cannot be said, as of a proration or of tiers. */
  unit: number | null
  /** Integer minor units; negative for a credit. */
  amount: number
  description: string
  period: { start: number; end: number }
  proration: boolean
  credited?: { invoice: string; invoice_line_items: string[] } | null
  metadata: Record<string, string>
  /** The discounts of its item alone, by id. */
  discounts?: string[]
}

/** One line of an invoice, made by an item of a subscription. */
export function newInvoiceLine(given: Given): Stripe.InvoiceLineItem {
  return asSent({
    id: newId('il'),
    object: 'line_item',
    amount: given.amount,
    currency: given.currency,
    description: given.description,
    discount_amounts: [],
    discountable: !given.proration,
    discounts: given.discounts ?? [],
    invoice: given.invoice,
    livemode: false,
    metadata: given.metadata,
    parent: {
      invoice_item_details: null,
      subscription_item_details: {
        invoice_item: given.proration ? newId('ii') : null,
        proration: given.proration,
        proration_details: { credited_items: given.credited ?? null },
        subscription: given.subscription,
        subscription_item: given.item,
      },
      type: 'subscription_item_details',
    },
    period: given.period,
    pretax_credit_amounts: [],
    pricing: {
      price_details: { price: given.price.id, product: idOf(given.price.product) },
      type: 'price_details',
      unit_amount_decimal: given.unit === null ? null : decimal(given.unit),
    },
    quantity: given.quantity,
    quantity_decimal: decimal(given.quantity),
    subtotal: given.amount,
    taxes: [],
  })
}

/** A line as Stripe sends it: the types say that it names its subscription, and only `parent` does. */
export function asSent(line: Omit<Stripe.InvoiceLineItem, 'subscription'>): Stripe.InvoiceLineItem {
  return line as Stripe.InvoiceLineItem
}
