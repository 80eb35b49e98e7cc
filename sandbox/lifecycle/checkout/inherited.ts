import type Stripe from 'stripe'
import { optionalId } from '@/sandbox/ids'
import { customerDiscounts } from '@/sandbox/lifecycle/discount/of-subscription'
import type { Tx } from '@/sandbox/store/transaction'

/** The discount that a session without one has of its customer, as the subscription that it makes will. */
export function inheritedBy(
  tx: Tx,
  { mode, customer }: Readonly<Stripe.Checkout.Session>,
): readonly Readonly<Stripe.Discount>[] {
  const id = mode === 'subscription' ? optionalId(customer) : null
  return id === null ? [] : customerDiscounts(tx, id, tx.now)
}
