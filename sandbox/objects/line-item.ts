import type Stripe from 'stripe'
import { idOf } from '@/sandbox/ids'
import type { Tx } from '@/sandbox/store/transaction'

/** The lines of a Checkout session, priced as they stand. */
export function lineItemsOf(tx: Tx, session: string): Stripe.LineItem[] {
  return tx.get('checkout_terms', session).lines.map((line) => {
    const price = tx.get('price', line.price)
    const amount = (price.unit_amount ?? 0) * line.quantity
    return {
      id: line.id,
      object: 'item',
      adjustable_quantity: null,
      amount_discount: 0,
      amount_subtotal: amount,
      amount_tax: 0,
      amount_total: amount,
      currency: price.currency,
      description: tx.find('product', idOf(price.product))?.name ?? null,
      metadata: {},
      price,
      quantity: line.quantity,
    }
  })
}
