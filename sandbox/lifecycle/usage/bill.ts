import type Stripe from 'stripe'
import { draftInvoice } from '@/sandbox/lifecycle/invoice/draft'
import type { Tx } from '@/sandbox/store/transaction'
import { usageLine } from './used'

// As long as any draft that finalises by itself.
const DRAFT_SECONDS = 3600

/** What was used of a subscription until now and not billed yet. */
export function usageLines(
  tx: Tx,
  invoice: string,
  subscription: Readonly<Stripe.Subscription>,
): Stripe.InvoiceLineItem[] {
  return subscription.items.data.flatMap((item) => {
    const period = { start: item.current_period_start, end: tx.now }
    const line = usageLine(tx, invoice, subscription, item, period)
    return line && line.amount > 0 ? [line] : []
  })
}

/** Drafts the last invoice of a subscription that ends with its period, when something of it was used. */
export function billLastUsage(tx: Tx, id: string) {
  const subscription = tx.get('subscription', id)
  if (usageLines(tx, '', subscription).length === 0) return
  const invoice = draftInvoice(tx, id, {
    reason: 'subscription_cycle',
    lines: (invoiceId) => usageLines(tx, invoiceId, subscription),
  })
  invoice.automatically_finalizes_at = tx.now + DRAFT_SECONDS
  tx.emit('invoice.created', 'invoice', invoice.id)
}
