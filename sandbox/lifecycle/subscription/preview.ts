import type Stripe from 'stripe'
import { buildInvoice } from '@/sandbox/lifecycle/invoice/draft'
import { periodLines } from '@/sandbox/lifecycle/invoice/lines'
import { dueAfterBalance } from '@/sandbox/lifecycle/invoice/minimum-charge'
import { periodFrom } from '@/sandbox/lifecycle/periods'
import { recurring } from '@/sandbox/lifecycle/price/recurring'
import { usageLines } from '@/sandbox/lifecycle/usage/usage-lines'
import type { Tx } from '@/sandbox/store/transaction'
import { nextBillingAt } from './period'
import type { PlannedChange, ProrationBehavior } from './plan-change'
import { upcomingId } from './preview-first-invoice'

/** The invoice that a change would lead to: at once, or at the next renewal together with it. Nothing is written. */
export function previewChangeInvoice(
  tx: Tx,
  subscription: Readonly<Stripe.Subscription>,
  planned: PlannedChange | null,
  behavior: ProrationBehavior,
): Stripe.Invoice {
  const id = upcomingId()
  const next = {
    ...structuredClone(subscription),
    billing_cycle_anchor: planned?.anchor ?? subscription.billing_cycle_anchor,
    items: { ...subscription.items, data: planned?.items ?? subscription.items.data },
  }
  const now =
    planned !== null &&
    (behavior === 'always_invoice' || planned.restarts) &&
    planned.lines('').length > 0
  const invoice = now
    ? buildInvoice(tx, next, id, {
        reason: 'subscription_update',
        lines: planned.lines,
        prorationDate: planned.at,
      })
    : buildInvoice(tx, next, id, {
        reason: 'upcoming',
        lines: (invoiceId) => [
          ...(planned?.lines(invoiceId) ?? []),
          ...renewalLines(tx, invoiceId, next),
        ],
        period: {
          start: next.items.data[0]?.current_period_start ?? tx.now,
          end: nextBillingAt(next),
        },
      })
  return withBalance(tx, invoice, now ? tx.now : nextBillingAt(next))
}

function renewalLines(
  tx: Tx,
  invoice: string,
  subscription: Stripe.Subscription,
): Stripe.InvoiceLineItem[] {
  const boundary = nextBillingAt(subscription)
  return subscription.items.data
    .filter((item) => item.current_period_end === boundary)
    .flatMap((item) => {
      const past = { start: item.current_period_start, end: boundary }
      const used = usageLines(tx, invoice, subscription, item, past)
      if (used) return used
      const period = periodFrom(boundary, subscription.billing_cycle_anchor, recurring(item.price))
      const later = { ...item, current_period_start: period.start, current_period_end: period.end }
      return periodLines(tx, invoice, subscription, later, false)
    })
}

/** An invoice of a preview, with what its customer's balance makes of it. */
export function withBalance(tx: Tx, invoice: Stripe.Invoice, at: number): Stripe.Invoice {
  const customer = tx.get('customer', typeof invoice.customer === 'string' ? invoice.customer : '')
  const { due: amount_due, ending: ending_balance } = dueAfterBalance(invoice, customer.balance)
  return {
    ...invoice,
    amount_due,
    amount_remaining: amount_due,
    starting_balance: customer.balance,
    ending_balance,
    created: at,
    next_payment_attempt: at,
  }
}
