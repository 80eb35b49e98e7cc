import type Stripe from 'stripe'
import { newId } from '@/sandbox/ids'
import { decimal } from './decimal'

/** What an item asks for. Integer minor units; `amount` is for all units together. */
export interface Asked {
  amount: number
  quantity: number
  pricing: Stripe.InvoiceItem['pricing']
}

type Given = Asked &
  Pick<
    Stripe.InvoiceItem,
    | 'currency'
    | 'customer'
    | 'description'
    | 'discountable'
    | 'invoice'
    | 'metadata'
    | 'parent'
    | 'period'
    | 'test_clock'
  >

/** An amount that the seller asks for besides what a subscription does. */
export function newInvoiceItem(now: number, given: Given): Stripe.InvoiceItem {
  return {
    id: newId('ii'),
    object: 'invoiceitem',
    customer_account: null,
    date: now,
    discounts: [],
    livemode: false,
    proration: false,
    tax_rates: [],
    ...given,
    ...askedFields(given),
  }
}

/** The fields of an item that say how much it asks for. */
export function askedFields({ amount, quantity, pricing }: Asked) {
  return { amount, net_amount: amount, pricing, quantity, quantity_decimal: decimal(quantity) }
}
