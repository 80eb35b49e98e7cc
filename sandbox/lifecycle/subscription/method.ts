import type Stripe from 'stripe'
import { idOf, optionalId } from '@/sandbox/ids'
import type { Tx } from '@/sandbox/store/transaction'

/** What a subscription's invoices are charged to: its own payment method, else the customer's, else none. */
export function methodOf(tx: Tx, subscription: Readonly<Stripe.Subscription>): string | null {
  const own = optionalId(subscription.default_payment_method)
  if (own) return own
  return methodOfCustomer(tx, idOf(subscription.customer))
}

/** What a customer is charged by unless something else is said, or none. */
export function methodOfCustomer(tx: Tx, customer: string | null): string | null {
  const found = tx.find('customer', customer ?? '')
  return optionalId(found?.invoice_settings.default_payment_method)
}
