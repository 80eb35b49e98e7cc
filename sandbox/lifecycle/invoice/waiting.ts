import type Stripe from 'stripe'
import { idOf } from '@/sandbox/ids'
import type { Tx } from '@/sandbox/store/transaction'
import { pendingItems } from './pending-items'

/** The amounts that go on the next invoice of a subscription: its own, and those that wait for whichever invoice of the customer comes first. */
export function waitingFor(
  tx: Tx,
  subscription: Readonly<Stripe.Subscription>,
): Readonly<Stripe.InvoiceItem>[] {
  const anyones = tx
    .by('invoiceitem', 'customer', idOf(subscription.customer))
    .filter(
      (item) =>
        item.invoice === null && item.parent === null && item.currency === subscription.currency,
    )
  return [...pendingItems(tx, subscription.id), ...anyones]
}
