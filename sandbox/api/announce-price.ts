import type Stripe from 'stripe'
import type { Tx } from '@/sandbox/store/transaction'

/** Every event of a recurring price has a twin about the plan that it once was. */
export function announcePrice(tx: Tx, price: Readonly<Stripe.Price>, what: 'created' | 'updated') {
  if (price.recurring) tx.emit(`plan.${what}`, 'price', price.id)
  tx.emit(`price.${what}`, 'price', price.id)
}
