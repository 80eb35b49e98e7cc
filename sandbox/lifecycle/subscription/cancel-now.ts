import type Stripe from 'stripe'
import { draftInvoice } from '@/sandbox/lifecycle/invoice/draft'
import { emitNewInvoice, emitPayment } from '@/sandbox/lifecycle/invoice/emit'
import { finalize } from '@/sandbox/lifecycle/invoice/finalize'
import { pay } from '@/sandbox/lifecycle/invoice/pay'
import { ABSENT } from '@/sandbox/lifecycle/payment/decline'
import { unbilledUsage } from '@/sandbox/lifecycle/usage/bill'
import type { Settings } from '@/sandbox/settings'
import type { Tx } from '@/sandbox/store/transaction'
import { endSubscription } from './end'
import { methodOf } from './method'
import { unusedTime } from './prorate'

interface Cancellation {
  /** Credit what is paid for and not used. */
  prorate: boolean
  invoiceNow: boolean
  comment: string | null
  feedback: Stripe.Subscription.CancellationDetails.Feedback | null
}

/**
 * Ends a subscription at once. The credit for unused time is invoiced, and so put aside for the
 * customer, only when asked.
 */
export function cancelNow(
  tx: Tx,
  settings: Settings,
  id: string,
  { prorate, invoiceNow, comment, feedback }: Cancellation,
) {
  const subscription = tx.edit('subscription', id)
  const reason = 'cancellation_requested'
  const credited = invoiceNow ? lastInvoice(tx, settings, subscription, prorate) : null
  subscription.cancellation_details = { comment, feedback, feedback_option: null, reason }
  endSubscription(tx, id, reason)
  if (!credited) return
  const collected = pay(tx, credited, methodOf(tx, subscription), ABSENT)
  emitPayment(tx, collected, true)
  emitNewInvoice(tx, collected)
}

/** The invoice for what was used and the credit for what was not, if there is anything to say. */
function lastInvoice(
  tx: Tx,
  settings: Settings,
  subscription: Stripe.Subscription,
  prorate: boolean,
): string | null {
  const lines = (invoice: string) => {
    const where = { tx, invoice, subscription, at: tx.now }
    const credits = prorate ? subscription.items.data : []
    return [
      ...credits.map((item) => unusedTime(where, item)),
      ...unbilledUsage(tx, invoice, subscription),
    ]
  }
  if (lines('').length === 0) return null
  const draft = draftInvoice(tx, subscription.id, {
    reason: 'subscription_update',
    lines,
    prorationDate: tx.now,
  })
  return finalize(tx, settings, draft.id).id
}
