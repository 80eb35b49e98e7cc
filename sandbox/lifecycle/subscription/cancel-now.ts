import type Stripe from 'stripe'
import { draftInvoice } from '@/sandbox/lifecycle/invoice/draft'
import { finalize } from '@/sandbox/lifecycle/invoice/finalize'
import { pay } from '@/sandbox/lifecycle/invoice/pay'
import { tellNewInvoice, tellPayment } from '@/sandbox/lifecycle/invoice/tell'
import { ABSENT } from '@/sandbox/lifecycle/payment/decline'
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

/** Ends a subscription at once. The credit for unused time is invoiced, and so put aside for the customer, only when asked. */
export function cancelNow(
  tx: Tx,
  settings: Settings,
  id: string,
  { prorate, invoiceNow, comment, feedback }: Cancellation,
) {
  const subscription = tx.edit('subscription', id)
  const reason = 'cancellation_requested'
  const credited = prorate && invoiceNow ? credit(tx, settings, subscription) : null
  subscription.cancellation_details = { comment, feedback, feedback_option: null, reason }
  endSubscription(tx, id, reason)
  if (!credited) return
  const collected = pay(tx, credited, methodOf(tx, subscription), ABSENT)
  tellPayment(tx, collected, true)
  tellNewInvoice(tx, collected)
}

function credit(tx: Tx, settings: Settings, subscription: Stripe.Subscription): string {
  const lines = (invoice: string) =>
    subscription.items.data.map((item) =>
      unusedTime({ tx, invoice, subscription, at: tx.now }, item),
    )
  const draft = draftInvoice(tx, subscription.id, {
    reason: 'subscription_update',
    lines,
    prorationDate: tx.now,
  })
  return finalize(tx, settings, draft.id).id
}
