import type Stripe from 'stripe'
import { optionalId } from '@/sandbox/ids'
import { expireSession } from '@/sandbox/lifecycle/checkout/expire'
import { deleteCustomer } from '@/sandbox/lifecycle/customer/delete'
import type { Tx } from '@/sandbox/store/transaction'
import { testClockOf } from './clock-of'

/** Deletes a test clock with its customers, whose subscriptions end. */
export function deleteTestClock(tx: Tx, id: string): Stripe.TestHelpers.DeletedTestClock {
  tx.get('test_helpers.test_clock', id)
  // Without their customer they would live on by the sandbox's clock.
  for (const session of tx.all('checkout.session')) {
    if (session.status === 'open' && testClockOf(tx, session) === id) expireSession(tx, session.id)
  }
  for (const customer of tx.all('customer')) {
    if (optionalId(customer.test_clock) === id) deleteCustomer(tx, customer.id)
  }
  tx.emit('test_helpers.test_clock.deleted', 'test_helpers.test_clock', id)
  tx.remove('test_helpers.test_clock', id)
  return { id, object: 'test_helpers.test_clock', deleted: true }
}
