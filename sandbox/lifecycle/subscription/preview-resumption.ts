import type Stripe from 'stripe'
import { buildInvoice } from '@/sandbox/lifecycle/invoice/draft'
import { periodLines } from '@/sandbox/lifecycle/invoice/lines'
import type { Tx } from '@/sandbox/store/transaction'
import { creditPaidAhead } from './paid-ahead'
import { withBalance } from './preview'
import { upcomingId } from './preview-first-invoice'
import { restarted } from './resume-paused'

/** The invoice that resuming a paused subscription now would make. Nothing is written. */
export function previewResumptionInvoice(
  tx: Tx,
  before: Readonly<Stripe.Subscription>,
): Stripe.Invoice {
  const row = restarted(tx.now, before)
  const invoice = buildInvoice(tx, row, upcomingId(), {
    reason: 'subscription_update',
    lines: (invoiceId) => [
      ...creditPaidAhead(tx, invoiceId, before),
      ...row.items.data.flatMap((item) => periodLines(tx, invoiceId, row, item, false)),
    ],
  })
  return withBalance(tx, invoice, tx.now)
}
