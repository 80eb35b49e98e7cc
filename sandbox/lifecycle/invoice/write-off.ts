import { optionalId } from '@/sandbox/ids'
import type { Tx } from '@/sandbox/store/transaction'
import { subscriptionOf } from './collect'
import { markUncollectible } from './mark-uncollectible'

/** Gives an open invoice up as a bad debt. A subscription that waited for it goes on. */
export function writeOff(tx: Tx, id: string) {
  markUncollectible(tx, id)
  tx.emit('invoice.updated', 'invoice', id)
  const subscription = tx.find('subscription', subscriptionOf(tx, id) ?? '')
  if (!subscription || optionalId(subscription.latest_invoice) !== id) return
  // A first invoice that is given up was never paid: an incomplete subscription stays so, and expires.
  if (subscription.status !== 'past_due' && subscription.status !== 'unpaid') return
  tx.edit('subscription', subscription.id).status = 'active'
  tx.emit('customer.subscription.updated', 'subscription', subscription.id)
}
