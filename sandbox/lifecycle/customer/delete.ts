import type Stripe from 'stripe'
import { endSubscription } from '@/sandbox/lifecycle/subscription/end'
import { hasEnded } from '@/sandbox/lifecycle/subscription/period'
import type { Tx } from '@/sandbox/store/transaction'

/** Deletes a customer: their subscriptions end, their cards are let go, and only the id is remembered. */
export function deleteCustomer(tx: Tx, id: string): Stripe.DeletedCustomer {
  tx.get('customer', id)
  for (const row of tx.by('subscription', 'customer', id)) {
    if (!hasEnded(row)) endSubscription(tx, row.id, 'cancellation_requested')
  }
  for (const row of tx.all('payment_method')) {
    if (row.customer === id) tx.edit('payment_method', row.id).customer = null
  }
  tx.emit('customer.deleted', 'customer', id)
  tx.remove('customer', id)
  return tx.insert('deleted_customer', { id, object: 'customer', deleted: true })
}
