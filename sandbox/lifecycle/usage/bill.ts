import type Stripe from 'stripe'
import { draftInvoice } from '@/sandbox/lifecycle/invoice/draft'
import type { Tx } from '@/sandbox/store/transaction'
import { usageLines } from './usage-lines'

// As long as any draft that finalizes by itself.
const DRAFT_SECONDS = 3600

/** What was used of a subscription until now and not billed yet. */
export function unbilledUsage(
  tx: Tx,
  invoice: string,
  subscription: Readonly<Stripe.Subscription>,
): Stripe.InvoiceLineItem[] {
  return subscription.items.data.flatMap((item) => {
    const period = { start: item.current_period_start, end: tx.now }
    const lines = usageLines(tx, invoice, subscription, item, period)
    return lines?.some(({ amount }) => amount > 0) ? lines : []
  })
}

/** Drafts the last invoice of a subscription that ends with its period, when something of it was used. */
export function billLastUsage(tx: Tx, id: string) {
  const subscription = tx.get('subscription', id)
  if (unbilledUsage(tx, '', subscription).length === 0) return
  const invoice = draftInvoice(tx, id, {
    reason: 'subscription_cycle',
    lines: (invoiceId) => unbilledUsage(tx, invoiceId, subscription),
  })
  invoice.automatically_finalizes_at = tx.now + DRAFT_SECONDS
  tx.emit('invoice.created', 'invoice', invoice.id)
}
