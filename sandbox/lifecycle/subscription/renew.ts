import type Stripe from 'stripe'
import { draftInvoice } from '@/sandbox/lifecycle/invoice/draft'
import { periodLines } from '@/sandbox/lifecycle/invoice/lines'
import { periodFrom } from '@/sandbox/lifecycle/periods'
import { recurring } from '@/sandbox/lifecycle/price/recurring'
import { usageLines } from '@/sandbox/lifecycle/usage/usage-lines'
import type { Tx } from '@/sandbox/store/transaction'
import { nextBillingAt } from './period'

// Stripe leaves a renewal's invoice open to change for about an hour.
const DRAFT_SECONDS = 3600

/**
 * Moves the items whose period is over into their next one, and drafts its invoice. The charge
 * follows an hour later.
 */
export function renew(tx: Tx, id: string) {
  const subscription = tx.edit('subscription', id)
  const boundary = nextBillingAt(subscription)
  const ended = subscription.items.data.filter((item) => item.current_period_end === boundary)
  const previous = { start: ended[0]?.current_period_start ?? boundary, end: boundary }
  const used = ended.map((item) => ({ ...item }))
  for (const item of ended) {
    const period = periodFrom(boundary, subscription.billing_cycle_anchor, recurring(item.price))
    item.current_period_start = period.start
    item.current_period_end = period.end
  }
  const invoice = draftInvoice(tx, id, {
    reason: 'subscription_cycle',
    lines: (invoiceId) =>
      ended.flatMap(
        (item, nth) =>
          usageLines(
            tx,
            invoiceId,
            subscription,
            used[nth] ?? item,
            previousOf(used[nth] ?? item),
          ) ?? periodLines(tx, invoiceId, subscription, item, false),
      ),
    period: previous,
  })
  // Both go on being invoiced, and are not charged for it.
  const drafts = subscription.pause_collection?.behavior === 'keep_as_draft'
  if (subscription.status === 'unpaid' || drafts) invoice.auto_advance = false
  else invoice.automatically_finalizes_at = tx.now + DRAFT_SECONDS
  tx.emit('customer.subscription.updated', 'subscription', id)
  tx.emit('invoice.created', 'invoice', invoice.id)
}

/** The period that an item has just been through. */
function previousOf(item: Stripe.SubscriptionItem) {
  return { start: item.current_period_start, end: item.current_period_end }
}
