import type Stripe from 'stripe'
import { idOf } from '@/sandbox/ids'
import type { Tx } from '@/sandbox/store/transaction'
import { pendingItems } from './pending-items'

/**
 * The amounts that go on the next invoice of a subscription: its own, and those that wait for
 * whichever invoice of the customer comes first.
 */
export function waitingFor(
  tx: Tx,
  subscription: Readonly<Stripe.Subscription>,
): Readonly<Stripe.InvoiceItem>[] {
  return waitingOf(tx, idOf(subscription.customer), subscription.id, subscription.currency)
}

/** As `waitingFor`, also for an invoice that no subscription makes. */
export function waitingOf(
  tx: Tx,
  customer: string,
  subscription: string | null,
  currency: string,
): Readonly<Stripe.InvoiceItem>[] {
  const anyones = tx
    .by('invoiceitem', 'customer', customer)
    .filter((item) => item.invoice === null && item.parent === null && item.currency === currency)
  return subscription === null ? anyones : [...pendingItems(tx, subscription), ...anyones]
}
