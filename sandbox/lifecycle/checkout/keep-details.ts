import type Stripe from 'stripe'
import { addTaxId } from '@/sandbox/lifecycle/tax/tax-ids'
import { newCustomer } from '@/sandbox/objects/customer'
import type { CheckoutTerms } from '@/sandbox/store/records'
import type { Tx } from '@/sandbox/store/transaction'
import type { AcceptedCard } from './accepted-card'

/** The customer that a session without one makes. */
export function makeCustomer(tx: Tx, email: string | null, card: AcceptedCard | null): string {
  const name = card?.method.billing_details.name ?? null
  return tx.insert('customer', newCustomer(tx.now, { email, name })).id
}

/** `customer_update` lets Checkout write what was typed to a customer that was there before; taxes need a place. */
export function keepDetails(
  tx: Tx,
  id: string,
  { method }: AcceptedCard,
  { keeps, taxes }: CheckoutTerms,
  isNew: boolean,
) {
  const customer = tx.edit('customer', id)
  // Its form has just been checked against what the type asks for.
  if (taxes.id) addTaxId(tx, id, taxes.id.type as Stripe.TaxId['type'], taxes.id.value)
  if (keeps.name) customer.name = method.billing_details.name
  if (keeps.address || (isNew && taxes.automatic)) customer.address = method.billing_details.address
}
