import type Stripe from 'stripe'
import { buildInvoice } from '@/sandbox/lifecycle/invoice/draft'
import type { Tx } from '@/sandbox/store/transaction'
import { upcomingId } from './preview-first-invoice'
import { unusedTime } from './prorate'

/** The invoice that canceling now would make: the unused time since `at`, or nothing when that is null. */
export function previewCancellation(
  tx: Tx,
  subscription: Readonly<Stripe.Subscription>,
  at: number | null,
): Stripe.Invoice {
  const lines = (invoice: string) =>
    at === null
      ? []
      : subscription.items.data.map((item) => unusedTime({ tx, invoice, subscription, at }, item))
  return buildInvoice(tx, subscription, upcomingId(), { reason: 'upcoming', lines })
}
