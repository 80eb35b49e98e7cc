import type Stripe from 'stripe'
import { idOf } from '@/sandbox/ids'
import { discountAmounts } from '@/sandbox/lifecycle/discount/amounts'
import { costOf } from '@/sandbox/lifecycle/price/cost'
import type { Tx } from '@/sandbox/store/transaction'
import { sessionDiscounts } from './session-discounts'

/**
 * The lines of a Checkout session, priced as they stand and with its discount taken off.
 * @param asked the currency of one that is still being made
 */
export function lineItemsOf(tx: Tx, session: string, asked?: string): Stripe.LineItem[] {
  const currency = tx.find('checkout.session', session)?.currency ?? asked
  const priced = tx.get('checkout_terms', session).lines.map((line) => {
    const price = tx.get('price', line.price)
    return { ...line, price, amount: costOf(price, line.quantity, currency) }
  })
  const entries = priced.map(({ amount, price }) => ({ amount, product: idOf(price.product) }))
  const off = discountAmounts(tx, sessionDiscounts(tx, session), entries)
  return priced.map(({ id, price, quantity, amount, metadata, adjusts }, index) => {
    const discount = off.reduce((sum, taken) => sum + (taken[index] ?? 0), 0)
    return {
      id,
      object: 'item',
      adjustable_quantity: adjusts && { enabled: true, ...adjusts },
      amount_discount: discount,
      amount_subtotal: amount,
      amount_tax: 0,
      amount_total: amount - discount,
      currency: currency ?? price.currency,
      description: tx.find('product', idOf(price.product))?.name ?? null,
      metadata,
      price,
      quantity,
    }
  })
}
