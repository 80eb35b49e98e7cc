import { methodOf, methodOfCustomer } from '@/sandbox/lifecycle/subscription/method'
import type { Tx } from '@/sandbox/store/transaction'
import { subscriptionOf } from './collect'

/** What an invoice is charged to when nothing else is given. */
export function savedMethod(tx: Tx, invoice: string, customer: string | null): string | null {
  const subscription = tx.find('subscription', subscriptionOf(tx, invoice) ?? '')
  return subscription ? methodOf(tx, subscription) : methodOfCustomer(tx, customer)
}
