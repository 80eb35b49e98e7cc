import type Stripe from 'stripe'
import { idOf } from '@/sandbox/ids'
import type { Tx } from '@/sandbox/store/transaction'

/** The product that a price is for, unless it is gone. */
export function productOf(
  tx: Tx,
  price: Readonly<Stripe.Price>,
): Readonly<Stripe.Product> | undefined {
  return tx.find('product', idOf(price.product))
}
